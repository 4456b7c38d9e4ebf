package io.bascule.bridge.legs;

import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.ResetCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts whom this bridge did not let in, and what tunnels ended of. Safe for use by many threads. */
final class Faults {

    private static final String OTHER = "other";

    private static final Map<ResetCode, String> CODES = Map.of(
            ResetCode.CLOSED, "closed",
            ResetCode.PROTOCOL_ERROR, "protocol_error",
            ResetCode.TARGET_NOT_FOUND, "target_not_found",
            ResetCode.TARGET_REFUSED, "target_refused",
            ResetCode.TARGET_UNREACHABLE, "target_unreachable",
            ResetCode.TARGET_RESET, "target_reset",
            ResetCode.REVOKED, "revoked",
            ResetCode.AGENT_NOT_CONNECTED, "agent_not_connected",
            ResetCode.DETACHED_TOO_LONG, "detached_too_long",
            ResetCode.INTERNAL_ERROR, "internal_error");

    private final Map<Refusal, Counter> refusals;
    private final Map<ResetCode, Counter> endings;
    private final Counter otherEnding;

    Faults(MeterRegistry registry) {
        refusals = Arrays.stream(Refusal.values())
                .collect(Collectors.toMap(Function.identity(), refusal -> refusal(registry, refusal)));
        endings = CODES.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, code -> ending(registry, code.getValue())));
        otherEnding = ending(registry, OTHER);
    }

    /** Why a leg was not taken. */
    enum Refusal {
        DENIED,
        BUSY,
        STALE_EPOCH,
        NOT_FOUND,
        REVOKED,
        PROTOCOL_ERROR,
        SILENT,
        LEFT,
        WRONG_PROTOCOL,
        TOO_MANY_LEGS;

        static Refusal of(AttachStatus status) {
            return switch (status) {
                case DENIED -> DENIED;
                case BUSY -> BUSY;
                case STALE_EPOCH -> STALE_EPOCH;
                case NOT_FOUND -> NOT_FOUND;
                case OK -> throw new IllegalArgumentException("OK is no refusal");
            };
        }
    }

    void refused(Refusal why) {
        Objects.requireNonNull(refusals.get(why)).increment();
    }

    /** A tunnel is over; codes that this version does not know count as one. */
    void ended(ResetCode code) {
        endings.getOrDefault(code, otherEnding).increment();
    }

    private static Counter refusal(MeterRegistry registry, Refusal why) {
        return Counter.builder("bascule.bridge.legs.refused")
                .description("Legs that were not taken, by what they were answered")
                .tag("status", why.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static Counter ending(MeterRegistry registry, String code) {
        return Counter.builder("bascule.bridge.tunnels.ended")
                .description("Tunnels that ended here, by their reset code; in order counts as closed")
                .tag("code", code)
                .register(registry);
    }
}
