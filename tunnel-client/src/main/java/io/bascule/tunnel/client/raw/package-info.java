/**
 * The raw leg: one TLS connection that carries nothing but one tunnel's frames, each behind its length, the same on both
 * sides. Invariant: what a connection holds is bounded, and every buffer that comes in is released exactly once.
 */
@NullMarked
package io.bascule.tunnel.client.raw;

import org.jspecify.annotations.NullMarked;
