/** Functions: users' own code. */
@NullMarked
package io.bascule.cli.function;

import org.jspecify.annotations.NullMarked;
