/** Queues: what they hold, and their limits. */
@NullMarked
package io.bascule.cli.queue;

import org.jspecify.annotations.NullMarked;
