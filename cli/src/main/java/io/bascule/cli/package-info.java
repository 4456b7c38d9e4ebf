/**
 * The {@code bascule} command: one class per group of commands, each of which only translates between the person and the
 * REST API, a tunnel or the local platform.
 */
@NullMarked
package io.bascule.cli;

import org.jspecify.annotations.NullMarked;
