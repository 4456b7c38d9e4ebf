/** The bridge: pairs the two legs of a tunnel and forwards their frames. */
@NullMarked
package io.bascule.bridge;

import org.jspecify.annotations.NullMarked;
