/** Group commit: what arrives together is written together, and each caller learns its own outcome after the commit. */
@NullMarked
package io.bascule.tasks.batch;

import org.jspecify.annotations.NullMarked;
