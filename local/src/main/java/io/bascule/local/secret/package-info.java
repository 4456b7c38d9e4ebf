/**
 * What must not be guessed: generated once, kept in files only the owner can read.
 *
 * <p>Invariant: a secret, once generated, stays the same until the data is deleted with it.
 */
@NullMarked
package io.bascule.local.secret;

import org.jspecify.annotations.NullMarked;
