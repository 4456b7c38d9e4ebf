package io.bascule.tunnel.client.raw;

/** What comes over a raw leg. */
sealed interface Arrival permits RawFrame, Mark {}
