/** The worker itself. */
@NullMarked
package io.bascule.instant.work;

import org.jspecify.annotations.NullMarked;
