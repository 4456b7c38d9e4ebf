package io.bascule.api.tunnels;

import io.bascule.api.tunnels.LiveTunnel.Reached;
import io.bascule.api.tunnels.LiveTunnel.State;
import io.bascule.api.tunnels.Tunnel.Named;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A live tunnel as callers see it. */
record TunnelView(
        UUID id,
        long epoch,
        State state,
        Reached resource,
        Named user,
        @Nullable UUID task,
        Named agent,
        String bridge,
        Instant openedAt,
        @Nullable Long bytesFromClient,
        @Nullable Long bytesFromAgent) {

    static TunnelView of(LiveTunnel tunnel) {
        return new TunnelView(
                tunnel.id(),
                tunnel.epoch(),
                tunnel.state(),
                tunnel.resource(),
                tunnel.user(),
                tunnel.task(),
                tunnel.agent(),
                tunnel.bridge(),
                tunnel.openedAt(),
                tunnel.bytesFromClient(),
                tunnel.bytesFromAgent());
    }
}
