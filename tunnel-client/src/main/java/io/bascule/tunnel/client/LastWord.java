package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Sees to it that the other end of a finished tunnel learns that it is finished, although the acknowledgement that says so
 * may be lost with its leg: a client end stays until its agent end has left and comes anew if the leg is lost, an agent end
 * comes again when it is called. For the thread that keeps the end; a process has a bounded number of them at a time.
 */
final class LastWord {

    /** As long as the loss of a leg may take to be noticed where something tells of it, and another bridge to be found. */
    static final Duration LINGER = Duration.ofSeconds(10);

    private static final Semaphore LINGERING = new Semaphore(1000);

    private final EndRole role;
    private final Coupling coupling;
    private final Route route;
    private final Predicate<Route.Attempt> attaching;
    private final long until = System.nanoTime() + LINGER.toNanos();

    /** @param attaching starts a leg; says whether it may, which it never may again once it may not */
    LastWord(EndRole role, Coupling coupling, Route route, Predicate<Route.Attempt> attaching) {
        this.role = role;
        this.coupling = coupling;
        this.route = route;
        this.attaching = attaching;
    }

    /** Returns when the other end has learnt it, or the time is over, or as many other ends are at it as may be. */
    void linger() throws InterruptedException {
        if (!LINGERING.tryAcquire()) {
            return;
        }
        try {
            switch (role) {
                case CLIENT -> stay();
                case AGENT -> comeWhenCalled();
            }
        } finally {
            LINGERING.release();
        }
    }

    private void stay() throws InterruptedException {
        while (!coupling.hasOtherLeft() && left() > 0) {
            if (coupling.hasLeg()) {
                coupling.keepOnUntil(() -> !coupling.hasLeg() || coupling.hasOtherLeft(), left());
                continue;
            }
            Optional<Route.Attempt> next = route.next();
            if (next.isEmpty()) {
                return;
            }
            coupling.keepOnUntil(() -> false, Math.min(next.get().pause(), left()));
            if (!attach(next.get())) {
                return;
            }
        }
    }

    private void comeWhenCalled() throws InterruptedException {
        while (left() > 0) {
            coupling.keepOnUntil(route::isCalled, left());
            if (route.isCalled() && !attach(route.next().orElseThrow())) {
                return;
            }
        }
    }

    private boolean attach(Route.Attempt attempt) throws InterruptedException {
        if (!attaching.test(attempt)) {
            return false;
        }
        LegStand stand = coupling.keepOnUntil(
                () -> LegStand.isOver(coupling.stand()) || coupling.hasOtherLeft() || route.isCalled(), left());
        switch (stand) {
            case LegStand.Refused refusal -> route.refused(attempt.bridge(), refusal);
            case LegStand.Attaching _, LegStand.Meeting _ -> coupling.abandonAttempt();
            case LegStand.Attached _, LegStand.Ended _, LegStand.None _ -> {
                // It is on its leg and has said it there, or another attempt is to be made.
            }
        }
        return true;
    }

    private long left() {
        return until - System.nanoTime();
    }
}
