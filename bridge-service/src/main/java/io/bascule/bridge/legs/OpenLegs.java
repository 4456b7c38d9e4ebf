package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.LegId;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.ResetCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The legs that are connected, with or without a tunnel: bounds their number, and ends those that do not send an ATTACH
 * in time. Safe for use by many threads.
 */
final class OpenLegs {

    private static final Duration ATTACH_WITHIN = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final int bound;
    private final Faults faults;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentMap<Leg, Instant> unattached = new ConcurrentHashMap<>();

    OpenLegs(InstantSource clock, int bound, Faults faults) {
        this.clock = clock;
        this.bound = bound;
        this.faults = faults;
    }

    /** An id for a new leg. */
    LegId newId() {
        return new LegId(lastId.incrementAndGet());
    }

    /** Takes a new leg that has yet to attach; says no when there are too many. */
    boolean add(Leg leg) {
        if (count.incrementAndGet() > bound) {
            count.decrementAndGet();
            faults.refused(Faults.Refusal.TOO_MANY_LEGS);
            return false;
        }
        unattached.put(leg, clock.instant().plus(ATTACH_WITHIN));
        return true;
    }

    /** The leg has sent its ATTACH; says whether that was in time. */
    boolean attaching(Leg leg) {
        return unattached.remove(leg) != null;
    }

    /** The leg's stream is over; to be called once for each leg that was taken. */
    void remove(Leg leg) {
        unattached.remove(leg);
        count.decrementAndGet();
    }

    void endLate() {
        Instant now = clock.instant();
        EachAlone each = new EachAlone();
        unattached.forEach((leg, until) -> {
            if (!now.isBefore(until) && unattached.remove(leg, until)) {
                each.attempt(() -> end(leg));
            }
        });
        each.tell();
    }

    private void end(Leg leg) {
        faults.refused(Faults.Refusal.SILENT);
        leg.stream()
                .send(FrameCodec.encode(new Frame.Reset(
                        ResetCode.PROTOCOL_ERROR, "bridge: no ATTACH within " + ATTACH_WITHIN.toSeconds() + " s")));
        leg.stream().end();
    }

    int count() {
        return count.get();
    }
}
