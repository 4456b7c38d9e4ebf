/** In which part of its life this bridge is. It only ever moves on. */
@NullMarked
package io.bascule.bridge.phase;

import org.jspecify.annotations.NullMarked;
