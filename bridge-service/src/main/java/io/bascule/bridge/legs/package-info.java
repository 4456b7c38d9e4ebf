/**
 * The legs of tunnels: lets them in by ticket, pairs them by the rules of {@code pairing} and forwards their frames as
 * they are. What is held for a slow leg is bounded, and no leg waits for another tunnel's.
 */
@NullMarked
package io.bascule.bridge.legs;

import org.jspecify.annotations.NullMarked;
