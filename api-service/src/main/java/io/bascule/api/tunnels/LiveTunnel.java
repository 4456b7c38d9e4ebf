package io.bascule.api.tunnels;

import com.fasterxml.jackson.annotation.JsonValue;
import io.bascule.api.bridges.BridgeReport;
import io.bascule.api.tunnels.Tunnel.Named;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel as it is right now.
 *
 * @param bytesFromClient as of the last full report of its bridge; null before the first
 * @param bytesFromAgent likewise
 */
record LiveTunnel(
        UUID id,
        UUID workspace,
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

    /** How far it is. */
    enum State {
        /** Its ends have not met yet. */
        OPENING,
        OPEN,
        /** It left its bridge and is on no other yet. */
        DETACHED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The resource it leads to. */
    record Reached(UUID id, String name, String kind) {}

    static LiveTunnel of(Tunnel tunnel) {
        return of(tunnel, tunnel.attachedAt() == null ? State.OPENING : State.OPEN);
    }

    static LiveTunnel detached(Tunnel tunnel) {
        return of(tunnel, State.DETACHED);
    }

    private static LiveTunnel of(Tunnel tunnel, State state) {
        return new LiveTunnel(
                tunnel.id(),
                tunnel.workspace(),
                tunnel.epoch(),
                state,
                new Reached(tunnel.resource().id(), tunnel.resource().name(), tunnel.kind()),
                tunnel.user(),
                tunnel.task(),
                tunnel.agent(),
                tunnel.bridge(),
                tunnel.openedAt(),
                null,
                null);
    }

    /** Whether a bridge's word about a running tunnel says no more than how many bytes it carried. */
    boolean isKnownAs(BridgeReport.Open open) {
        return state == State.OPEN && epoch == open.epoch();
    }

    LiveTunnel withBytes(BridgeReport.Open open) {
        return new LiveTunnel(
                id,
                workspace,
                epoch,
                state,
                resource,
                user,
                task,
                agent,
                bridge,
                openedAt,
                open.bytesFromClient(),
                open.bytesFromAgent());
    }
}
