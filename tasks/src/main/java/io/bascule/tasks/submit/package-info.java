/** Accepting tasks: those that arrive together share one transaction, and nobody is answered before it has committed. */
@NullMarked
package io.bascule.tasks.submit;

import org.jspecify.annotations.NullMarked;
