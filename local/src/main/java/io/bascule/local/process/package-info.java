/**
 * Processes of the local platform: started with their output in a log file and on the console, recorded by id and start
 * time so that they can be found after the launcher was killed, restarted when they die, stopped in reverse order.
 *
 * <p>Invariant: a process is in the record before anything waits for it, and leaves it only after it has ended.
 */
@NullMarked
package io.bascule.local.process;

import org.jspecify.annotations.NullMarked;
