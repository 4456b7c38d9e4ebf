/** Recurring work: due, expired and lost tasks, partitions, retention. What a step does it does once however many pods come, so that it needs no leader. */
@NullMarked
package io.bascule.orchestrator.upkeep;

import org.jspecify.annotations.NullMarked;
