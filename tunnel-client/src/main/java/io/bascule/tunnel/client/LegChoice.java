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
 * where there is no way for raw legs; that is believed for 10 minutes. Safe for use by many threads.
 */
public final class LegChoice {

    private static final Logger LOG = LoggerFactory.getLogger(LegChoice.class);
    private static final long BELIEVED = TimeUnit.MINUTES.toNanos(10);

    private final LegKind kind;
    private final LongSupplier nanoTime;
    private final Map<String, Long> noRawLegsUntil = new ConcurrentHashMap<>();

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

    /** @param address {@code host:port} of a bridge */
    LegKind to(String address) {
        forget();
        return kind == LegKind.AUTO && noRawLegsUntil.containsKey(address) ? LegKind.GRPC : kind;
    }

    void learn(String address, NoRawLegException why) {
        if (!why.isLasting()) {
            LOG.debug("{}: no raw leg this time: {}", address, why.getMessage());
        } else if (noRawLegsUntil.put(address, nanoTime.getAsLong() + BELIEVED) == null) {
            LOG.info("{}: tunnels use gRPC legs, for there is no way for raw ones: {}", address, why.getMessage());
        }
    }

    private void forget() {
        long now = nanoTime.getAsLong();
        noRawLegsUntil.values().removeIf(until -> now - until >= 0);
    }
}
