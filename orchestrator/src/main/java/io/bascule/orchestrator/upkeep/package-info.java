/** Recurring work on tasks: due, expired and lost ones, partitions, retention. Each step takes its turn in the database, so it needs no leader and never happens twice. */
@NullMarked
package io.bascule.orchestrator.upkeep;

import org.jspecify.annotations.NullMarked;
