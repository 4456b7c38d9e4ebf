/** Submitting tasks and reading what became of them. */
@NullMarked
package io.bascule.cli.task;

import org.jspecify.annotations.NullMarked;
