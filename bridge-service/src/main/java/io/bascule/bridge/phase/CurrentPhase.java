package io.bascule.bridge.phase;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The phase this bridge is in, for all to see. Safe for use by many threads. */
public final class CurrentPhase {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentPhase.class);

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

    CurrentPhase() {}

    public Phase get() {
        return phase.get();
    }

    public boolean isDraining() {
        return phase.get() == Phase.DRAINING;
    }

    /** Moves on; says no when the bridge is in that phase or past it already. */
    public boolean moveTo(Phase next) {
        Phase before = phase.getAndUpdate(current -> current.compareTo(next) < 0 ? next : current);
        if (before.compareTo(next) >= 0) {
            return false;
        }
        LOG.info("bridge: {} -> {}", before, next);
        return true;
    }
}
