package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.grpc.Status;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an end's attempts to attach: holds where the end takes itself to be, and whether it wants a raw leg,
 * together with the legs that it has. For the thread that keeps the end.
 */
final class Pairings {

    private static final Logger LOG = LoggerFactory.getLogger(Pairings.class);

    private final UUID tunnel;
    private final EndRole role;
    private final BridgeConnector connector;
    private final Coupling coupling;
    private final Route route;
    private final RawLegWish rawLeg = new RawLegWish();
    private @Nullable Unmet unmet;

    Pairings(UUID tunnel, EndRole role, BridgeConnector connector, Coupling coupling, Route route) {
        this.tunnel = tunnel;
        this.role = role;
        this.connector = connector;
        this.coupling = coupling;
        this.route = route;
    }

    /** How it stood when an attempt began. */
    record Before(boolean hadLeg, long at, long carried) {}

    /** A pairing to whose leg the other end has not come as far as is known, so that it may still come to nothing. */
    private record Unmet(Route.Attempt attempt, Before before, boolean again) {}

    Before before() {
        return new Before(coupling.hasLeg(), System.nanoTime(), coupling.carried());
    }

    /** Of an end that may have any leg, has one over gRPC on which both ends met, and has carried much over it. */
    boolean isRawLegWanted() {
        return unmet == null
                && rawLeg.isDue(coupling.carried(), System.nanoTime())
                && route.here().filter(connector::mayGoRaw).isPresent();
    }

    /**
     * An attempt is over. Returns when it has failed, when both ends have come to its leg, or when the other end has not come
     * within the time; then the end goes on, and what becomes of the leg is for {@link #decide}.
     *
     * @param meetWithin in nanoseconds, as long as the attempt itself may take
     */
    void settle(Route.Attempt attempt, LegStand stand, Before before, long meetWithin) throws InterruptedException {
        GrantedBridge bridge = attempt.bridge();
        if (!(stand instanceof LegStand.Attached)) {
            learn(attempt, stand, meetWithin);
            return;
        }
        LOG.debug("tunnel {}: {} end attached to {}, epoch {}", tunnel, role, bridge.id(), attempt.epoch());
        if (unmet != null && coupling.hadFallenBack()) {
            fallBack(unmet);
        }
        unmet = new Unmet(attempt, before, route.paired(bridge));
        if (role == EndRole.CLIENT) {
            rawLeg.paired(attempt.raw(), !before.hadLeg(), before.carried(), System.nanoTime());
            if (attempt.raw()) {
                connector.wentRaw(bridge);
            }
            coupling.wakeKeeperFrom(rawLeg.from());
        }
        coupling.keepUntil(this::isDecided, meetWithin);
        decide();
    }

    /** Whether it is known of the last pairing, and was not before, what has become of it; for use in {@link Coupling#keepUntil}. */
    boolean isDecided() {
        return unmet != null && (coupling.isChanged() || !coupling.hasLeg() || coupling.hasFallenBack());
    }

    /** Does what follows from what has become of the last pairing, once that is known, however late it is. */
    void decide() {
        Unmet last = unmet;
        if (last == null || !isDecided()) {
            return;
        }
        unmet = null;
        if (coupling.hasFallenBack()) {
            fallBack(last);
        } else if (last.again() && coupling.isChanged()) {
            goesOn(last.attempt(), last.before());
        }
    }

    private void goesOn(Route.Attempt attempt, Before before) {
        String bridge = attempt.bridge().id();
        boolean neverWithout = before.hadLeg() && coupling.lostAt() - before.at() < 0;
        if (attempt.raw() && neverWithout) {
            LOG.debug("tunnel {}: {} end goes on over a raw leg to {}", tunnel, role, bridge);
        } else {
            boolean planned = before.hadLeg() && !attempt.raw();
            tellResumed(bridge, planned, neverWithout ? 0 : System.nanoTime() - coupling.lostAt());
        }
    }

    private void fallBack(Unmet from) {
        LOG.debug(
                "tunnel {}: {} end fell back to its leg from the one to {}",
                tunnel,
                role,
                from.attempt().bridge().id());
        route.fellBack();
        if (role == EndRole.CLIENT) {
            rawLeg.fellBack(System.nanoTime());
            coupling.wakeKeeperFrom(rawLeg.from());
        }
    }

    /** The time without a leg, in nanoseconds, ends when the other end is heard again. */
    private void tellResumed(String bridge, boolean planned, long stall) {
        if (role == EndRole.CLIENT) {
            long micros = Math.clamp(TimeUnit.NANOSECONDS.toMicros(stall), 0, 0xffff_ffffL);
            coupling.tellBridge(new Frame.Resumed(planned, micros));
        }
        LOG.info("tunnel {}: {} end goes on over {}", tunnel, role, bridge);
    }

    private void learn(Route.Attempt attempt, LegStand stand, long waited) {
        GrantedBridge bridge = attempt.bridge();
        if (attempt.raw()) {
            rawLeg.failed(System.nanoTime());
        }
        switch (stand) {
            case LegStand.Refused refusal -> route.refused(bridge, refusal);
            case LegStand.Ended(Status status) -> route.unreachable(bridge, StatusText.of(status));
            case LegStand.Attaching _, LegStand.Meeting _ -> {
                coupling.abandonAttempt();
                if (!attempt.raw()) {
                    route.unreachable(bridge, "no answer within " + TimeUnit.NANOSECONDS.toSeconds(waited) + " s");
                }
            }
            case LegStand.Attached(), LegStand.None() -> {
                // Over, or called elsewhere: nothing about this bridge was learnt.
            }
        }
    }
}
