/**
 * The REST API as commands use it: where it is, who calls, and its refusals as exceptions that carry the exit code.
 *
 * <p>Invariant: a token is sent to the address it was made for and to no other.
 */
@NullMarked
package io.bascule.cli.api;

import org.jspecify.annotations.NullMarked;
