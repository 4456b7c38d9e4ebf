/**
 * The engine of a worker: claims as many tasks as it has free slots for, runs each on a virtual thread of its own, renews
 * their leases, stops those that are cancelled or overdue, and settles in groups. What it says about a task names the
 * attempt, so a worker that was taken for dead cannot undo what its successor did.
 */
@NullMarked
package io.bascule.tasks.worker;

import org.jspecify.annotations.NullMarked;
