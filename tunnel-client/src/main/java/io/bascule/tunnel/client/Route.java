package io.bascule.tunnel.client;

import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where an end attaches next, and with which epoch. A client end tries each bridge that it may begin on once; after it was
 * paired it goes on over its standbys, again and again, for as long as the tunnel is held. An agent end goes where it is
 * called. Safe for use by many threads.
 */
final class Route {

    private final EndRole role;
    private final LongSupplier nanoTime;
    private final Deque<GrantedBridge> beginnings;
    private final Standbys standbys;
    private long nextEpoch;
    private boolean everPaired;
    private boolean closed;
    private @Nullable Attempt called;
    private @Nullable GrantedBridge here;
    private @Nullable GrantedBridge before;
    private @Nullable TunnelOutcome worst;

    Route(EndRole role, TunnelGrant grant, LongSupplier nanoTime) {
        this.role = role;
        this.nanoTime = nanoTime;
        this.beginnings = new ArrayDeque<>(grant.bridges());
        this.standbys = new Standbys(
                grant.standbys(), bound -> ThreadLocalRandom.current().nextLong(bound));
        this.nextEpoch = grant.epoch();
    }

    /** The next attempt, or empty if there is none for now; for an end that cannot be called any more, none ever. */
    synchronized Optional<Attempt> next() {
        if (called != null) {
            Attempt attempt = called;
            called = null;
            return Optional.of(attempt);
        }
        if (everPaired) {
            return role == EndRole.AGENT
                    ? Optional.empty()
                    : standbys.next(nanoTime.getAsLong())
                            .map(candidate -> new Attempt(candidate.bridge(), nextEpoch++, candidate.pause(), false));
        }
        if (beginnings.isEmpty()) {
            closed = true;
            return Optional.empty();
        }
        return Optional.of(new Attempt(beginnings.removeFirst(), nextEpoch++, 0, false));
    }

    /** The agent end is called to a bridge; false if the epoch is not newer than what was tried, or it has given up. */
    synchronized boolean call(GrantedBridge bridge, long epoch, boolean raw) {
        if (closed || epoch < nextEpoch) {
            return false;
        }
        nextEpoch = epoch + 1;
        called = new Attempt(bridge, epoch, 0, raw);
        return true;
    }

    /** The end goes nowhere any more. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** The bridge that a client end is on, if it may come there anew. */
    synchronized Optional<GrantedBridge> here() {
        return standbys.here();
    }

    /** An attempt at a raw leg to that bridge. */
    synchronized Optional<Attempt> rawHere() {
        return here().map(bridge -> new Attempt(bridge, nextEpoch++, 0, true));
    }

    synchronized boolean isCalled() {
        return called != null;
    }

    /** Whether there is an other end that knows this one. */
    synchronized boolean wasPaired() {
        return everPaired;
    }

    /** Whether this end stays where it is until it is called elsewhere. */
    synchronized boolean isWaitingToBeCalled() {
        return role == EndRole.AGENT && everPaired;
    }

    /** Says whether it was before. */
    synchronized boolean paired(GrantedBridge bridge) {
        boolean again = everPaired;
        everPaired = true;
        worst = null;
        before = here;
        here = bridge;
        standbys.on(bridge);
        return again;
    }

    /** That came to nothing: the end is where it was before. */
    synchronized void fellBack() {
        here = before;
        if (here != null) {
            standbys.backOn(here);
        }
    }

    /** The bridge that the end is on wants it to go to this one. */
    synchronized void prefer(String bridge) {
        standbys.prefer(bridge);
    }

    synchronized void refused(GrantedBridge bridge, LegStand.Refused refusal) {
        switch (refusal.status()) {
            case BUSY ->
                standbys.postpone(
                        bridge, nanoTime.getAsLong() + refusal.retryAfter().toNanos());
            case STALE_EPOCH -> nextEpoch = Math.max(nextEpoch, refusal.epoch() + 1);
            case DENIED, NOT_FOUND -> standbys.remove(bridge);
            case OK -> throw new IllegalArgumentException("OK is no refusal");
        }
        boolean saysMore = !(worst instanceof TunnelOutcome.Refused before)
                || (before.status() == AttachStatus.BUSY && refusal.status() != AttachStatus.BUSY);
        if (saysMore) {
            worst = new TunnelOutcome.Refused(refusal.status(), bridge.id() + ": " + refusal.text());
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
            return new TunnelOutcome.Lost("the way was lost and no standby bridge replaces it" + why);
        }
        return worst == null ? new TunnelOutcome.Lost("no bridge was granted") : worst;
    }

    /**
     * One attempt to attach.
     *
     * @param pause to be made before, in nanoseconds
     * @param raw whether a raw leg is wanted, of an end that may have any
     */
    record Attempt(GrantedBridge bridge, long epoch, long pause, boolean raw) {}
}
