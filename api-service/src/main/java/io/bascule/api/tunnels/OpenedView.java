package io.bascule.api.tunnels;

import io.bascule.api.tunnels.LiveTunnel.Reached;
import io.bascule.api.tunnels.OpenedTunnel.Entrance;
import java.util.List;
import java.util.UUID;

/**
 * What a client end needs to attach.
 *
 * @param agent id of the agent that has to be at the other end
 * @param inner what both ends put around the bytes: {@code tls} or {@code none}
 */
record OpenedView(
        UUID id,
        long epoch,
        Reached resource,
        UUID agent,
        String inner,
        String certificate,
        String authorities,
        List<Entrance> bridges,
        List<Entrance> standbys) {

    static OpenedView of(OpenedTunnel opened) {
        Tunnel tunnel = opened.tunnel();
        return new OpenedView(
                tunnel.id(),
                tunnel.epoch(),
                new Reached(tunnel.resource().id(), tunnel.resource().name(), tunnel.kind()),
                tunnel.agent().id(),
                opened.inner(),
                opened.certificate().chain(),
                opened.certificate().authorities(),
                opened.entrances(),
                opened.standbys());
    }
}
