package io.bascule.api.tunnels;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.bridges.BridgeReport.Attached;
import io.bascule.api.bridges.BridgeReport.Closed;
import io.bascule.api.caller.RequestOrigin;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down once, with its audit event, what a bridge may report several times. */
@Component
class RecordTunnels {

    private static final int LONGEST_TEXT = 200;
    private static final int RESET_DETACHED_FOR_TOO_LONG = 8;

    private final TunnelRecords records;
    private final DetachedTunnels detached;
    private final AuditLog audit;
    private final InstantSource clock;

    RecordTunnels(TunnelRecords records, DetachedTunnels detached, AuditLog audit, InstantSource clock) {
        this.records = records;
        this.detached = detached;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    void attached(String bridge, List<Attached> attached, RequestOrigin origin) {
        for (Attached pairing : attached) {
            records.attach(bridge, pairing, clock.instant())
                    .ifPresent(tunnel -> audit.record(event(bridge, tunnel, "tunnel.attach", origin)
                            .with(Map.of(
                                    "user", tunnel.user().name(),
                                    "epoch", Long.toString(pairing.epoch())))));
        }
    }

    @Transactional
    Optional<Tunnel> closed(String bridge, Closed closed, RequestOrigin origin) {
        Optional<Tunnel> ended = records.close(closed, clock.instant());
        ended.ifPresent(tunnel -> audit.record(event(bridge, tunnel, "tunnel.close", origin)
                .with(Map.of(
                        "user", tunnel.user().name(),
                        "bytesFromClient", Long.toString(closed.bytesFromClient()),
                        "bytesFromAgent", Long.toString(closed.bytesFromAgent()),
                        "code", Integer.toString(closed.code()),
                        "text", shortened(closed)))));
        return ended;
    }

    /** It is not on this bridge any more; empty when it lives on with a higher epoch, or that is known already. */
    @Transactional
    Optional<Tunnel> left(Closed left) {
        return detached.left(left, clock.instant());
    }

    /** No bridge has it any more, and none has said how it ended. */
    @Transactional
    void lost(String bridge, Tunnel tunnel, RequestOrigin origin) {
        String text = tunnel.attachedAt() == null
                ? "its client never came"
                : "its bridge went away and it was on no other within its hold";
        Closed end = new Closed(tunnel.id(), tunnel.epoch(), false, 0, 0, RESET_DETACHED_FOR_TOO_LONG, text);
        records.close(end, clock.instant())
                .ifPresent(ended -> audit.record(event(bridge, ended, "tunnel.close", Outcome.FAILED, origin)
                        .with(Map.of("user", ended.user().name(), "text", text))));
    }

    private static String shortened(Closed closed) {
        String text = closed.text() == null ? "" : closed.text();
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    private static AuditEvent event(String bridge, Tunnel tunnel, String action, RequestOrigin origin) {
        return event(bridge, tunnel, action, Outcome.ALLOWED, origin);
    }

    private static AuditEvent event(
            String bridge, Tunnel tunnel, String action, Outcome outcome, RequestOrigin origin) {
        Actor actor = new Actor(Actor.Kind.SERVICE, bridge, bridge);
        return new AuditEvent(tunnel.workspace(), actor, origin, action, tunnel.asTarget(), outcome, Map.of());
    }
}
