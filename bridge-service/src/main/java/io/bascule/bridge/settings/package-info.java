/** Who this bridge is and what it may hold: the configuration, validated once at the start. */
@NullMarked
package io.bascule.bridge.settings;

import org.jspecify.annotations.NullMarked;
