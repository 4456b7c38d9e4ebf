/** The platform on this machine: {@code bascule dev} and what other terminals ask of it. */
@NullMarked
package io.bascule.cli.dev;

import org.jspecify.annotations.NullMarked;
