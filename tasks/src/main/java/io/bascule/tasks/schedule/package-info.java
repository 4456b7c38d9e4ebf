/**
 * When a schedule submits its task: at the times of a cron expression in a time zone or at an interval, put off by a jitter,
 * made up for when they were missed. All of it is a pure function of the schedule and the moment; an occurrence has the same
 * jitter whoever asks, and times only ever go forward.
 */
@NullMarked
package io.bascule.tasks.schedule;

import org.jspecify.annotations.NullMarked;
