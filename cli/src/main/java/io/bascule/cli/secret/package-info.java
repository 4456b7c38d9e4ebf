/** Secrets: set and removed, never shown; a value comes from standard input or a file, so that no list of processes has it. */
@NullMarked
package io.bascule.cli.secret;

import org.jspecify.annotations.NullMarked;
