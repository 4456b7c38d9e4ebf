package io.bascule.tunnel.client;

import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where an end attaches next. A client end tries the granted bridges in turn, each time with the next epoch: once each
 * until it was paired, and after a pairing was lost again and again with growing pauses, for as long as the tunnel is held.
 * An agent end goes where it is called. Safe for use by many threads.
 */
final class Route {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final EndRole role;
    private final Deque<GrantedBridge> untried;
    private final Deque<GrantedBridge> tried = new ArrayDeque<>();
    private long nextEpoch;
    private boolean everPaired;
    private boolean closed;
    private long pause;
    private @Nullable Attempt called;
    private @Nullable TunnelOutcome worst;

    Route(EndRole role, TunnelGrant grant) {
        this.role = role;
        this.untried = new ArrayDeque<>(grant.bridges());
        this.nextEpoch = grant.epoch();
    }

    /** The next attempt, or empty if there is none for now; for an end that cannot be called any more, none ever. */
    synchronized Optional<Attempt> next() {
        if (called != null) {
            Attempt attempt = called;
            called = null;
            return Optional.of(attempt);
        }
        if (untried.isEmpty() && everPaired && role == EndRole.CLIENT) {
            untried.addAll(tried);
            tried.clear();
            pause = Math.clamp(2 * pause, FIRST_PAUSE, LONGEST_PAUSE);
        }
        if (untried.isEmpty()) {
            closed = !isWaitingToBeCalled();
            return Optional.empty();
        }
        GrantedBridge bridge = untried.removeFirst();
        tried.addLast(bridge);
        return Optional.of(new Attempt(bridge, nextEpoch++, jitter()));
    }

    /** The agent end is called to a bridge; false if the epoch is not newer than what was tried, or it has given up. */
    synchronized boolean call(GrantedBridge bridge, long epoch) {
        if (closed || epoch < nextEpoch) {
            return false;
        }
        nextEpoch = epoch + 1;
        called = new Attempt(bridge, epoch, 0);
        return true;
    }

    synchronized boolean isCalled() {
        return called != null;
    }

    /** Whether this end stays where it is until it is called elsewhere. */
    synchronized boolean isWaitingToBeCalled() {
        return role == EndRole.AGENT && everPaired;
    }

    synchronized void paired() {
        everPaired = true;
        pause = 0;
        if (role == EndRole.AGENT) {
            untried.clear();
            tried.clear();
        }
    }

    synchronized void refused(GrantedBridge bridge, AttachStatus status, String text) {
        if (status != AttachStatus.BUSY) {
            tried.remove(bridge);
        }
        boolean saysMore = !(worst instanceof TunnelOutcome.Refused before)
                || (before.status() == AttachStatus.BUSY && status != AttachStatus.BUSY);
        if (saysMore) {
            worst = new TunnelOutcome.Refused(status, bridge.id() + ": " + text);
        }
    }

    synchronized void unreachable(GrantedBridge bridge, String text) {
        if (worst == null) {
            worst = new TunnelOutcome.Lost(bridge.id() + " at " + bridge.address() + ": " + text);
        }
    }

    /** Why there is nothing left to try. */
    synchronized TunnelOutcome exhausted() {
        if (everPaired) {
            String why = worst == null ? "" : "; " + worst;
            return new TunnelOutcome.Lost("the way was lost and no granted bridge replaces it" + why);
        }
        return worst == null ? new TunnelOutcome.Lost("no bridge was granted") : worst;
    }

    private long jitter() {
        return pause == 0 ? 0 : ThreadLocalRandom.current().nextLong(pause);
    }

    /** One attempt to attach, after a pause in nanoseconds. */
    record Attempt(GrantedBridge bridge, long epoch, long pause) {}
}
