package io.bascule.api.tunnels;

import io.bascule.api.bridges.Bridge;
import io.bascule.api.caller.Caller;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.certificates.IssuedCertificate;
import io.bascule.api.naming.NewId;
import io.bascule.api.resources.ResourceTarget;
import io.bascule.api.tunnels.OpenDecision.Open;
import io.bascule.api.tunnels.OpenDecision.Refused;
import io.bascule.api.tunnels.Tunnel.Named;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens a tunnel: decides, writes the decision down, and only then signs tickets. */
@Component
class OpenTunnel {

    private static final long FIRST_EPOCH = 1;

    private final DecideTunnel decideTunnel;
    private final AdmitTunnel admitTunnel;
    private final TicketIssuer tickets;
    private final TunnelPresence presence;
    private final NewId ids;
    private final InstantSource clock;

    OpenTunnel(
            DecideTunnel decideTunnel,
            AdmitTunnel admitTunnel,
            TicketIssuer tickets,
            TunnelPresence presence,
            NewId ids,
            InstantSource clock) {
        this.decideTunnel = decideTunnel;
        this.admitTunnel = admitTunnel;
        this.tickets = tickets;
        this.presence = presence;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Opens a tunnel for a user.
     *
     * @param task on behalf of which it is opened, when it is
     */
    OpenedTunnel open(Caller caller, String resource, CertificateRequest request, @Nullable UUID task) {
        return switch (decideTunnel.decide(caller, resource)) {
            case Open open -> open(caller, open, request, task);
            case Refused refused -> {
                admitTunnel.refuse(caller, refused);
                throw refused.problem();
            }
        };
    }

    private OpenedTunnel open(Caller caller, Open open, CertificateRequest request, @Nullable UUID task) {
        ResourceTarget target = open.target();
        Tunnel tunnel = new Tunnel(
                ids.next(),
                caller.workspace(),
                new Named(target.id(), target.name()),
                target.kind().text(),
                new Named(target.agent(), target.agentName()),
                new Named(caller.user(), caller.username()),
                task,
                FIRST_EPOCH,
                open.bridges().getFirst().id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null);
        IssuedCertificate certificate = admitTunnel.admit(caller, tunnel, request);
        presence.opening(tunnel);
        TicketIssuer.Holder holder = new TicketIssuer.Holder(tunnel, target, certificate.thumbprint());
        return new OpenedTunnel(
                tunnel,
                certificate,
                target.kind().inner(),
                open.bridges().stream()
                        .map(bridge -> entrance(bridge, tickets.opening(holder, bridge)))
                        .toList(),
                open.standbys().stream()
                        .map(bridge -> entrance(bridge, tickets.standby(holder, bridge)))
                        .toList());
    }

    private static OpenedTunnel.Entrance entrance(Bridge bridge, String ticket) {
        return new OpenedTunnel.Entrance(bridge.id(), bridge.address(), bridge.authority(), ticket);
    }
}
