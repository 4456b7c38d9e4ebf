package io.bascule.bridge.legs;

import io.bascule.bridge.legs.Attachment.Refused;
import io.bascule.bridge.pairing.Occurrence;
import io.bascule.bridge.peers.Peer;
import io.bascule.bridge.revocations.RevocationList;
import io.bascule.bridge.settings.BridgeIdentity;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.ticket.Ticket;
import io.bascule.tunnel.client.ticket.TicketCheck;
import io.bascule.tunnel.client.ticket.TicketReader;
import java.time.Duration;
import java.util.Optional;

/** Lets an end in: its ticket must be good, be for this bridge, and name the certificate that the end came with. */
final class AttachLeg {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final BridgeIdentity bridge;
    private final TicketReader tickets;
    private final RevocationList revocations;
    private final UsedTickets used;
    private final Tunnels tunnels;

    AttachLeg(
            BridgeIdentity bridge,
            TicketReader tickets,
            RevocationList revocations,
            UsedTickets used,
            Tunnels tunnels) {
        this.revocations = revocations;
        this.bridge = bridge;
        this.tickets = tickets;
        this.used = used;
        this.tunnels = tunnels;
    }

    Attachment attach(Leg leg, Frame.Attach attach, Peer peer) {
        if (attach.version() != Frame.VERSION) {
            return Refused.denied("version: " + attach.version() + " (expected: " + Frame.VERSION + ")");
        }
        return switch (tickets.read(attach.ticket())) {
            case TicketCheck.Bad(String reason) -> Refused.denied(reason);
            case TicketCheck.Good(Ticket ticket) ->
                findMismatch(ticket, attach, peer)
                        .<Attachment>map(Refused::denied)
                        .or(() -> findRevocation(ticket))
                        .orElseGet(() -> admit(leg, attach, ticket));
        };
    }

    private Optional<Attachment> findRevocation(Ticket ticket) {
        if (ticket.use() == Ticket.Use.STANDBY && !revocations.isTold()) {
            return Optional.of(new Refused(
                    AttachStatus.BUSY, RETRY_AFTER, "this bridge has not been told yet what is revoked; try another"));
        }
        return revocations.find(ticket).map(revocation -> new Attachment.Revoked(revocation.reason()));
    }

    private Attachment admit(Leg leg, Frame.Attach attach, Ticket ticket) {
        AgentEnd agentEnd = new AgentEnd(ticket.agent(), attach.ticket());
        Optional<Tunnel> found = switch (attach.end()) {
            case CLIENT -> tunnels.findOrAdmit(attach.tunnel(), agentEnd);
            case AGENT -> tunnels.find(attach.tunnel());
        };
        if (found.isEmpty()) {
            return attach.end() == EndRole.CLIENT
                    ? new Refused(AttachStatus.BUSY, RETRY_AFTER, tunnels.whyBusy())
                    : new Refused(AttachStatus.NOT_FOUND, Duration.ZERO, "no client waits here for this tunnel");
        }
        boolean again = ticket.use() == Ticket.Use.STANDBY;
        if (!again && !used.use(ticket.id(), attach.end(), ticket.expiresAt())) {
            return Refused.denied("ticket: already used");
        }
        Tunnel tunnel = found.get();
        tunnel.attach(leg, new Occurrence.Attaching(attach.end(), leg.id(), attach.epoch(), again), agentEnd);
        return new Attachment.Taken(tunnel);
    }

    private Optional<String> findMismatch(Ticket ticket, Frame.Attach attach, Peer peer) {
        if (!ticket.bridge().equals(bridge.id())) {
            return Optional.of("ticket: aud is " + ticket.bridge() + " (expected: " + bridge.id() + ")");
        }
        if (ticket.boot() != null && !ticket.boot().equals(bridge.boot())) {
            return Optional.of("ticket: boot is of another run of this bridge; ask for a new ticket");
        }
        if (!ticket.tunnel().equals(attach.tunnel())) {
            return Optional.of("ticket: for another tunnel");
        }
        if (!ticket.allows(attach.epoch())) {
            return Optional.of("ticket: epoch " + attach.epoch() + " (expected: " + ticket.allowedEpochs() + ")");
        }
        return findMismatch(ticket, attach.end(), peer);
    }

    private static Optional<String> findMismatch(Ticket ticket, EndRole end, Peer peer) {
        return switch (end) {
            case CLIENT ->
                peer.kind() == Peer.Kind.CLIENT && peer.thumbprint().equals(ticket.client())
                        ? Optional.empty()
                        : Optional.of("ticket: for another client certificate");
            case AGENT ->
                peer.kind() == Peer.Kind.AGENT && peer.id().equals(ticket.agent())
                        ? Optional.empty()
                        : Optional.of("ticket: for another agent");
        };
    }
}
