/**
 * How the two ends of a tunnel prove to each other who they are, on every leg: {@code docs/protocol/tunnel.md}, "Proof".
 * Nobody between them, and nobody who reads what the platform stores, can take an end's place.
 */
@NullMarked
package io.bascule.tunnel.client.proof;

import org.jspecify.annotations.NullMarked;
