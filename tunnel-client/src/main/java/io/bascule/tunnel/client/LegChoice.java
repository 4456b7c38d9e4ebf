package io.bascule.tunnel.client;

import io.bascule.tunnel.client.raw.NoRawLegException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kind of leg leads to which bridge. A program has one for all its connectors, so that they learn from each other
 * where there is no way for raw legs, which is believed for 10 minutes, and take turns at securing them. Safe for use by many
 * threads.
 */
public final class LegChoice {

    private static final Logger LOG = LoggerFactory.getLogger(LegChoice.class);
    private static final long BELIEVED = TimeUnit.MINUTES.toNanos(10);

    /** So many attempts in a row that failed for whatever reason are believed as well. */
    private static final int ENOUGH = 3;

    private final LegKind kind;
    private final LongSupplier nanoTime;

    /** A handshake is work for a processor: more of them at once than there are would only come late, and with them all else. */
    private final Turns turns = new Turns(Math.max(2, Runtime.getRuntime().availableProcessors()));

    private final Map<String, Long> noRawLegsUntil = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    public LegChoice(LegKind kind) {
        this(kind, System::nanoTime);
    }

    LegChoice(LegKind kind, LongSupplier nanoTime) {
        this.kind = kind;
        this.nanoTime = nanoTime;
    }

    /** Whether legs may be raw ones. */
    boolean hasRawLegs() {
        return kind != LegKind.GRPC;
    }

    /** Turns at securing a raw leg that a tunnel goes on over. */
    Turns turns() {
        return turns;
    }

    /** @param address {@code host:port} of a bridge */
    LegKind to(String address) {
        forget();
        return kind == LegKind.AUTO && noRawLegsUntil.containsKey(address) ? LegKind.GRPC : kind;
    }

    void learn(String address, NoRawLegException why) {
        if (!why.isLasting() && failures.merge(address, 1, Integer::sum) < ENOUGH) {
            LOG.debug("{}: no raw leg this time: {}", address, why.getMessage());
        } else if (noRawLegsUntil.put(address, nanoTime.getAsLong() + BELIEVED) == null) {
            LOG.info("{}: tunnels stay on gRPC legs, for there is no way for raw ones: {}", address, why.getMessage());
        }
    }

    /** A raw leg led there. */
    void worked(String address) {
        failures.remove(address);
    }

    private void forget() {
        long now = nanoTime.getAsLong();
        noRawLegsUntil.forEach((address, until) -> {
            if (now - until >= 0 && noRawLegsUntil.remove(address, until)) {
                failures.remove(address);
            }
        });
    }
}
