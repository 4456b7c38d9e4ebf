/**
 * Recurring work that keeps the live table true: delayed tasks become due, overdue ones expire, tasks of lost workers are
 * returned, partitions are made and old keys forgotten. Any pod may do each step; whoever takes the turn in the database
 * does it. Nothing is returned after an outage until workers have had a full lease to be heard.
 */
@NullMarked
package io.bascule.tasks.upkeep;

import org.jspecify.annotations.NullMarked;
