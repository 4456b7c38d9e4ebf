package io.bascule.api.tunnels;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.bridges.BridgeReport.Attached;
import io.bascule.api.bridges.BridgeReport.Closed;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.tunnels.TunnelRecords.Attachment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down and tells once, with its audit event, what a bridge may report several times. */
@Component
class RecordTunnels {

    /** In code points. */
    private static final int LONGEST_TEXT = 200;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final int RESET_DETACHED_FOR_TOO_LONG = 8;

    private final TunnelRecords records;
    private final TunnelEvents events;
    private final DetachedTunnels detached;
    private final AuditLog audit;
    private final InstantSource clock;

    RecordTunnels(
            TunnelRecords records, TunnelEvents events, DetachedTunnels detached, AuditLog audit, InstantSource clock) {
        this.records = records;
        this.events = events;
        this.detached = detached;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    void attached(String bridge, List<Attached> attached, RequestOrigin origin) {
        for (Attached pairing : attached) {
            records.attach(bridge, pairing, clock.instant())
                    .ifPresent(attachment -> attached(bridge, attachment, origin));
        }
    }

    private void attached(String bridge, Attachment attachment, RequestOrigin origin) {
        Tunnel tunnel = attachment.tunnel();
        audit.record(event(bridge, tunnel, "tunnel.attach", origin)
                .with(Map.of("user", tunnel.user().name(), "epoch", Long.toString(tunnel.epoch()))));
        if (attachment.moved()) {
            events.moved(tunnel.id());
        }
    }

    @Transactional
    Optional<Tunnel> closed(String bridge, Closed closed, RequestOrigin origin) {
        Optional<Tunnel> ended = records.close(closed, clock.instant());
        ended.ifPresent(tunnel -> closed(bridge, tunnel, closed, origin));
        return ended;
    }

    private void closed(String bridge, Tunnel tunnel, Closed closed, RequestOrigin origin) {
        String text = legible(closed.text());
        audit.record(event(bridge, tunnel, "tunnel.close", origin)
                .with(Map.of(
                        "user", tunnel.user().name(),
                        "bytesFromClient", Long.toString(closed.bytesFromClient()),
                        "bytesFromAgent", Long.toString(closed.bytesFromAgent()),
                        "code", Integer.toString(closed.code()),
                        "text", text)));
        events.closed(tunnel.id(), closed.code(), text);
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
        records.close(end, clock.instant()).ifPresent(ended -> {
            audit.record(event(bridge, ended, "tunnel.close", Outcome.FAILED, origin)
                    .with(Map.of("user", ended.user().name(), "text", text)));
            events.closed(ended.id(), RESET_DETACHED_FOR_TOO_LONG, text);
        });
    }

    /** The words come from an end, whoever made it: no more than a line, and nothing that a text of PostgreSQL cannot hold. */
    private static String legible(@Nullable String words) {
        String text = words == null ? "" : words;
        int end = text.offsetByCodePoints(0, Math.min(LONGEST_TEXT, text.codePointCount(0, text.length())));
        return CONTROL.matcher(text.substring(0, end)).replaceAll(" ");
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
