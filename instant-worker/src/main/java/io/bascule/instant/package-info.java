/** Runs instant tasks on virtual threads. */
@NullMarked
package io.bascule.instant;

import org.jspecify.annotations.NullMarked;
