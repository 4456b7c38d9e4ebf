/** Signing in and out, and the tokens of the person. */
@NullMarked
package io.bascule.cli.account;

import org.jspecify.annotations.NullMarked;
