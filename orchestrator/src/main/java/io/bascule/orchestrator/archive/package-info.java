/**
 * Moves the logs of ended tasks to object storage, and removes from there what belongs to tasks that are gone. Only where object
 * storage is configured. Each step may be done twice, or by two pods at once, without harm.
 */
@NullMarked
package io.bascule.orchestrator.archive;

import org.jspecify.annotations.NullMarked;
