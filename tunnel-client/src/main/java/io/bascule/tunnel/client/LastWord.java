package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sees to it that the other end of a tunnel learns that it has finished, or that this end has reset it, although the frame that says
 * so may be lost with its leg: a client end stays until its agent end has left and comes anew if the leg is lost, an agent end
 * comes again when it is called. For the thread that keeps the end; a process has a bounded number of them at a time.
 */
final class LastWord {

    /** As long as the loss of a leg may take to be noticed where something tells of it, and another bridge to be found. */
    static final Duration LINGER = Duration.ofSeconds(10);

    /** Of this process. */
    static final Lingering ALL = new Lingering(1000);

    private final EndRole role;
    private final Coupling coupling;
    private final Route route;
    private final Predicate<Route.Attempt> attaching;
    private volatile boolean dismissed;
    private final long until = System.nanoTime() + LINGER.toNanos();

    /** @param attaching starts a leg; says whether it may, which it never may again once it may not */
    LastWord(EndRole role, Coupling coupling, Route route, Predicate<Route.Attempt> attaching) {
        this.role = role;
        this.coupling = coupling;
        this.route = route;
        this.attaching = attaching;
    }

    /** Returns when the other end has learnt it, or the time is over, or too many have come to linger since. */
    void linger(Lingering others) throws InterruptedException {
        others.enter(this);
        try {
            switch (role) {
                case CLIENT -> stay();
                case AGENT -> comeWhenCalled();
            }
        } finally {
            others.leave(this);
        }
    }

    /** Has it return. For any thread. */
    void dismiss() {
        dismissed = true;
        coupling.wakeKeeper();
    }

    private void stay() throws InterruptedException {
        while (left() > 0) {
            boolean onALeg = coupling.hasLeg();
            // In this order: a leg that ends in order between the two questions is not taken for one that was lost.
            if (coupling.hasOtherLeft()) {
                return;
            }
            if (onALeg) {
                coupling.keepOnUntil(() -> dismissed || !coupling.hasLeg() || coupling.hasOtherLeft(), left());
                continue;
            }
            Optional<Route.Attempt> next = route.next();
            if (next.isEmpty()) {
                return;
            }
            coupling.keepOnUntil(() -> dismissed, Math.min(next.get().pause(), left()));
            if (left() <= 0 || !attach(next.get())) {
                return;
            }
        }
    }

    private void comeWhenCalled() throws InterruptedException {
        while (left() > 0) {
            coupling.keepOnUntil(() -> dismissed || route.isCalled(), left());
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
                () -> dismissed || LegStand.isOver(coupling.stand()) || coupling.hasOtherLeft() || route.isCalled(),
                left());
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
        return dismissed ? 0 : until - System.nanoTime();
    }
}
