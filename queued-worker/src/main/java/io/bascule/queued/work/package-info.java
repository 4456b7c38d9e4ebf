/** The worker itself, and whether it is busy. */
@NullMarked
package io.bascule.queued.work;

import org.jspecify.annotations.NullMarked;
