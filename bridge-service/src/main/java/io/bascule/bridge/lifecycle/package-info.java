/** How this bridge starts and leaves: the order of steps, and nothing of what they do. */
@NullMarked
package io.bascule.bridge.lifecycle;

import org.jspecify.annotations.NullMarked;
