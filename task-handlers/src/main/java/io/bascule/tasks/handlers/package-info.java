/** The built-in task types: what a worker does for each. */
@NullMarked
package io.bascule.tasks.handlers;

import org.jspecify.annotations.NullMarked;
