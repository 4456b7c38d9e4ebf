/**
 * Submits the tasks of schedules when their time comes. A task and the move to the next occurrence are one transaction, which
 * only the leader in force can commit: no occurrence is submitted twice, and none is lost when a leader dies.
 */
@NullMarked
package io.bascule.orchestrator.schedules;

import org.jspecify.annotations.NullMarked;
