/** Calls to the API, always from here to there, with a service token. */
@NullMarked
package io.bascule.bridge.platform;

import org.jspecify.annotations.NullMarked;
