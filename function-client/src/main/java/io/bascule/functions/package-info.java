/**
 * Running functions from a worker. A worker that has this on its class path handles {@code code.run}: it reads the
 * function's version, hands it to the code runner with the most free job spaces, waits a bounded time while all are full,
 * and starts it elsewhere when a runner was lost.
 */
@NullMarked
package io.bascule.functions;

import org.jspecify.annotations.NullMarked;
