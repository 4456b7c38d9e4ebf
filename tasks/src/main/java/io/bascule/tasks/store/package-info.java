/**
 * Tasks in PostgreSQL. Each change of state is one statement (or one transaction) together with the queue's counter and the
 * event that tells of it; whoever settles names the attempt, and a stale one changes nothing. Lease times are the database's
 * clock. Rows of tasks, of quotas, of queues and of concurrency keys are locked in this order, each kind in key order; a claim and a
 * key, which come to tasks after queues, skip those that are locked, and so does a claim that takes queues in any other order, or
 * comes to quotas and queues after settlements of its transaction: so nothing deadlocks.
 * Safe behind PgBouncer in transaction mode: no LISTEN, no session state.
 */
@NullMarked
package io.bascule.tasks.store;

import org.jspecify.annotations.NullMarked;
