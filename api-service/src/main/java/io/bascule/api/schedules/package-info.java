/**
 * Schedules over HTTP: tasks that are submitted again and again. A schedule's task is checked as a submitted one is, and runs in
 * the name of whoever wrote the schedule last. A change names the revision it was made from; times are the database's, by
 * which the orchestrator runs them.
 */
@NullMarked
package io.bascule.api.schedules;

import org.jspecify.annotations.NullMarked;
