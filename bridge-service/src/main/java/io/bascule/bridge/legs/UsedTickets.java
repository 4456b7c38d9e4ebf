package io.bascule.bridge.legs;

import io.bascule.tunnel.EndRole;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tickets that have let an end in, kept until they would be refused as expired anyway. Bounded, because tickets are
 * signed by the API and last a minute. Safe for use by many threads.
 */
final class UsedTickets {

    /** More than the skew that is allowed to a ticket's times. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final ConcurrentMap<Use, Instant> uses = new ConcurrentHashMap<>();

    UsedTickets(InstantSource clock) {
        this.clock = clock;
    }

    /** Marks the ticket as used by this end; says whether it was not before. */
    boolean use(String ticket, EndRole end, Instant expiresAt) {
        return uses.putIfAbsent(new Use(ticket, end), expiresAt.plus(GRACE)) == null;
    }

    void forgetExpired() {
        Instant now = clock.instant();
        uses.values().removeIf(until -> until.isBefore(now));
    }

    private record Use(String ticket, EndRole end) {}
}
