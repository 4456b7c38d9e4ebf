/** RFC 9457 problems: one code each, mapped once at the edge. */
@NullMarked
package io.bascule.service.problem;

import org.jspecify.annotations.NullMarked;
