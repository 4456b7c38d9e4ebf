/**
 * Both ends' side of a tunnel: keys and certificates, mutual TLS to bridges, raw or gRPC legs, and a local connection
 * joined to the resumable stream of {@code io.bascule.tunnel}.
 *
 * <p>Invariant: bytes wait for the network, never the other way round; what an end holds is bounded by its windows.
 */
@NullMarked
package io.bascule.tunnel.client;

import org.jspecify.annotations.NullMarked;
