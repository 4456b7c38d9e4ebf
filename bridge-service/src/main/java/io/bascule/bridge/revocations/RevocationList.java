package io.bascule.bridge.revocations;

import io.bascule.bridge.revocations.Revocation.Kind;
import io.bascule.tunnel.client.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The revocations that tickets may still run into: kept a little longer than any ticket lasts. Before the API has told
 * them for the first time nothing can be said about old tickets. Safe for use by many threads.
 */
public final class RevocationList {

    private static final Duration KEPT = Duration.ofHours(25);

    private final InstantSource clock;
    private final Map<Key, Revocation> held = new ConcurrentHashMap<>();
    private volatile long known;
    private volatile boolean told;

    RevocationList(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes what the API told; gives those that are news. */
    public synchronized List<Revocation> add(List<Revocation> revocations) {
        List<Revocation> news = new ArrayList<>();
        for (Revocation revocation : revocations) {
            Key key = new Key(revocation.kind(), revocation.subject());
            Revocation before = held.get(key);
            if (before == null || before.id() < revocation.id()) {
                held.put(key, revocation);
                news.add(revocation);
            }
            known = Math.max(known, revocation.id());
        }
        told = true;
        Instant oldest = clock.instant().minus(KEPT);
        held.values().removeIf(revocation -> revocation.at().isBefore(oldest));
        return news;
    }

    /** The highest that is known. */
    public long known() {
        return known;
    }

    /** Whether the API has told anything in this run. */
    public boolean isTold() {
        return told;
    }

    /** What the ticket runs into, whenever it was issued: neither a tunnel nor an agent comes back. */
    public Optional<Revocation> find(Ticket ticket) {
        return find(Kind.TUNNEL, ticket.tunnel()).or(() -> find(Kind.AGENT, ticket.agent()));
    }

    /** Why an agent may not come. */
    public Optional<Revocation> findAgent(UUID agent) {
        return find(Kind.AGENT, agent);
    }

    private Optional<Revocation> find(Kind kind, UUID subject) {
        return Optional.ofNullable(held.get(new Key(kind, subject)));
    }

    private record Key(Kind kind, UUID subject) {}
}
