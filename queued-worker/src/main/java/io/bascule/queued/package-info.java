/** Runs queued tasks, one at a time unless configured otherwise. */
@NullMarked
package io.bascule.queued;

import org.jspecify.annotations.NullMarked;
