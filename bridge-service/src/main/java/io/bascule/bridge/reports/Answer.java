package io.bascule.bridge.reports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.bascule.bridge.revocations.Revocation;
import io.bascule.bridge.revocations.Revocation.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers to a report.
 *
 * @param resync whether the next report is to be full
 * @param close tunnels to end
 * @param disconnect agents to send away
 * @param revocations that this bridge may not know; null when the API cannot tell
 * @param bridges those that are up
 * @param ticketKeys with which tickets are verified from now on
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Answer(
        boolean resync,
        List<Close> close,
        List<UUID> disconnect,
        @Nullable List<Revoked> revocations,
        List<Bridge> bridges,
        List<TicketKey> ticketKeys) {

    static final Answer EMPTY = new Answer(false, List.of(), List.of(), null, List.of(), List.of());

    /** What an answer leaves out is empty, but for the revocations. */
    Answer {
        close = Objects.requireNonNullElse(close, List.of());
        disconnect = Objects.requireNonNullElse(disconnect, List.of());
        bridges = Objects.requireNonNullElse(bridges, List.of());
        ticketKeys = Objects.requireNonNullElse(ticketKeys, List.of());
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Close(UUID tunnel, @Nullable String reason) {}

    /** What ends tickets before their time. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Revoked(
            long id, String kind, UUID subject, @Nullable UUID agent, String reason, Instant at) {

        Revocation revocation() {
            Kind known = switch (kind) {
                case "tunnel" -> Kind.TUNNEL;
                case "agent" -> Kind.AGENT;
                default -> Kind.OTHER;
            };
            return new Revocation(id, known, subject, agent, reason, at);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Bridge(String id, String address, String authority) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record TicketKey(String id, String publicKey) {}
}
