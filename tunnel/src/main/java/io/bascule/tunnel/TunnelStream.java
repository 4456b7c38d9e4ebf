package io.bascule.tunnel;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.BetweenEnds;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Fin;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Ping;
import io.bascule.tunnel.Frame.Pong;
import io.bascule.tunnel.Frame.Received;
import io.bascule.tunnel.Frame.Reset;
import io.bascule.tunnel.StreamState.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel: decides what to send, what to deliver and when the tunnel is over, and does neither itself. Its
 * owner tells it what happened (a leg attached or lost, a frame arrived, local bytes read or written, time passed) and
 * after each event asks for what follows: {@link #nextFrame}, {@link #takeDeliverable}, {@link #readableBytes},
 * {@link #state}, {@link #deadline}.
 *
 * <p>Times are nanoseconds of any clock that never goes back. Memory: at most about twice this end's window for what
 * arrives, twice the other end's window for what is kept for replay (or what the pool grants for it, if that is less), and
 * a constant. Not thread-safe.
 */
public final class TunnelStream {

    private static final long NEVER = Long.MAX_VALUE / 4;
    private static final StreamState RUNNING = new StreamState.Running();

    private final Outgoing outgoing;
    private final Incoming incoming;
    private final ReceiveWindow window;
    private final Acknowledgements acknowledgements;
    private final Liveness liveness;
    private final long hold;

    private StreamState state = RUNNING;
    private final LegChange change = new LegChange();
    private boolean attached;
    private boolean everAttached;
    private boolean overEarlierLeg;
    private Hello hello = new Hello(0, 0);
    private long acknowledgedBefore;
    private long detachedSince;
    private boolean restDue;
    private @Nullable Pong pongDue;
    private @Nullable Reset ownReset;
    private boolean ownResetSaid;

    /** An end without a leg, with nothing sent and nothing received. */
    public TunnelStream(StreamSettings settings, long now) {
        this(settings, WindowPool.NONE, now);
    }

    /**
     * An end without a leg, with nothing sent and nothing received.
     *
     * @param pool what windows above the first are taken from, in both directions
     */
    public TunnelStream(StreamSettings settings, WindowPool pool, long now) {
        this.window = new ReceiveWindow(settings.window(), settings.largestWindow(), pool);
        this.incoming = new Incoming(window);
        this.outgoing = new Outgoing(pool);
        this.acknowledgements = new Acknowledgements(incoming, settings.acknowledgeWithin());
        this.liveness = new Liveness(settings.pingAfter(), settings.lostAfter());
        this.hold = settings.detachedHold().toNanos();
        this.detachedSince = now;
    }

    /** A leg was paired with the other end's: start with HELLO and send again what the other end turns out to lack. */
    public void attached(long now) {
        attached(now, false);
    }

    /**
     * A leg was paired with the other end's.
     *
     * @param earlier whether an earlier leg still delivers to this end: then what was sent over that one is not sent again
     *     unless it turns out to be lost, and until the other end has come as well, {@link #nextOnEarlierLeg} goes on
     */
    public void attached(long now, boolean earlier) {
        attached = true;
        everAttached = true;
        change.begin(earlier);
        acknowledgedBefore = outgoing.acknowledged();
        pongDue = null;
        ownResetSaid = false;
        window.paired(now);
        liveness.heard(now);
    }

    /** The leg is gone. What is unacknowledged stays for the next one. */
    public void detached(long now) {
        if (attached) {
            attached = false;
            detachedSince = now;
            restDue = true;
        }
        change.end();
    }

    /** Nothing more comes over the earlier leg. */
    public void earlierLegOver() {
        change.earlierOver();
    }

    /** The present leg is gone before the other end came to it: the earlier one, which is there, is used on. */
    public void fellBack(long now) {
        change.fallBack();
        ownResetSaid = false;
        acknowledgements.restate(now);
    }

    /** Whether the other end has come to the present leg, over which everything is sent from then on. */
    public boolean isChanged() {
        return attached && change.isChanged();
    }

    /** A frame came from the other end, or a RESET from the bridge in its place. */
    public void received(BetweenEnds frame, long now) {
        if (state != RUNNING) {
            return;
        }
        liveness.heard(now);
        try {
            apply(frame, now);
        } catch (ProtocolViolation e) {
            reset(ResetCode.PROTOCOL_ERROR, e.getMessage() == null ? "" : e.getMessage());
        }
        finishIfDone();
    }

    /** A frame came over the earlier leg. What it says about changing legs is out of date once this change is complete. */
    public void receivedOverEarlierLeg(BetweenEnds frame, long now) {
        overEarlierLeg = true;
        received(
                switch (frame) {
                    case Received(long _, long rxOffset, long rxLimit)
                    when change.isChanged() -> new Ack(rxOffset, rxLimit);
                    case Hello _, Received _, Data _, Ack _, Fin _, Reset _, Ping _, Pong _ -> frame;
                },
                now);
        overEarlierLeg = false;
    }

    /** How many bytes may be read from the local side now; while 0, its reader waits. */
    public int readableBytes() {
        return state == RUNNING ? (int) Math.min(outgoing.room(), Frame.MAX_PAYLOAD) : 0;
    }

    /** Bytes were read from the local side, at most {@link #readableBytes}. They belong to the stream from here on. */
    public void localRead(Bytes bytes) {
        if (state == RUNNING) {
            outgoing.add(bytes);
        }
    }

    /** The local side sends no more: close this direction once all of it has been sent. */
    public void localEnd() {
        outgoing.end();
    }

    /** Ends the tunnel in both directions from this end. Without effect once it is over. */
    public void reset(ResetCode code, String text) {
        if (state == RUNNING) {
            ownReset = new Reset(code, text);
            end(new StreamState.Reset(code, text, Origin.THIS_END));
        }
    }

    /** Everything that may be written to the local side next, in order; report it by {@link #localWritten}. */
    public List<Bytes> takeDeliverable() {
        return incoming.takeInOrder();
    }

    /** Whether {@link #takeDeliverable} would give anything. */
    public boolean hasDeliverable() {
        return incoming.hasBytesInOrder();
    }

    /** Bytes that were taken have been written to the local side. */
    public void localWritten(long count, long now) {
        if (state == RUNNING) {
            incoming.delivered(count, now);
            acknowledgements.delivered(now);
        }
    }

    /** Whether all bytes were written to the local side and its output is to be closed now. */
    public boolean isOutputToBeClosed() {
        return state == RUNNING && incoming.isAtItsEnd();
    }

    /** The local side's output has been closed. */
    public void localOutputClosed(long now) {
        if (state == RUNNING) {
            incoming.endDelivered();
            acknowledgements.delivered(now);
        }
    }

    /**
     * The next frame to send, or null if there is none for now. Ask again until null. A finished end still answers a new
     * pairing with HELLO, and an acknowledgement when it falls back to the leg before: from these an other end that missed
     * the last acknowledgement learns that it is finished too. An end that has reset the tunnel says so once on each leg.
     *
     * @param ready whether the leg takes bulk; without it only short frames come
     */
    public @Nullable BetweenEnds nextFrame(boolean ready, long now) {
        if (!attached) {
            return null;
        }
        if (state instanceof StreamState.Reset) {
            return takeReset();
        }
        if (change.isHelloDue()) {
            hello = new Hello(acknowledgements.state(), acknowledgements.limit(), change.hello());
            return hello;
        }
        BetweenEnds frame = state == RUNNING ? nextRunning(ready, now) : lastAcknowledgement(now);
        finishIfDone();
        return frame;
    }

    /**
     * The next frame to send over the earlier leg, or null if there is none, while the other end has not come to the present
     * one. It acknowledges no more than HELLO did: what is newer goes over the present leg.
     */
    public @Nullable BetweenEnds nextOnEarlierLeg(boolean ready) {
        if (!attached || state != RUNNING || !change.isEarlierUsed()) {
            return null;
        }
        if (ready && outgoing.hasBytesToSend()) {
            long offset = outgoing.sent();
            long rxOffset = change.isHelloDue() ? acknowledgements.stated() : hello.rxOffset();
            long rxLimit = change.isHelloDue() ? incoming.statedLimit() : hello.rxLimit();
            return new Data(offset, rxOffset, rxLimit, outgoing.takeBytes());
        }
        return outgoing.takeFin();
    }

    /**
     * Time passed: an end that lost its leg too long ago gives up, and one that is without for a while gives back what
     * others may need of the pool. How long the first leg may take is its owner's to say.
     * Call it when {@link #deadline} has come; calling it earlier does no harm.
     */
    public void tick(long now) {
        if (!attached && restDue && now - detachedSince >= ReceiveWindow.QUIET_AFTER) {
            restDue = false;
            window.rest(incoming.footprint());
        }
        if (state == RUNNING && everAttached && !attached && now - detachedSince >= hold) {
            reset(ResetCode.DETACHED_TOO_LONG, "no bridge could be reached for " + hold / 1_000_000 + " ms");
        }
    }

    /** When to call {@link #tick} and {@link #nextFrame} even if nothing else happens. */
    public long deadline() {
        if (state != RUNNING) {
            return detachedSince + NEVER;
        }
        if (!attached) {
            long held = everAttached ? hold : NEVER;
            return detachedSince + (restDue ? Math.min(held, ReceiveWindow.QUIET_AFTER) : held);
        }
        return acknowledgements.isPending()
                ? Math.min(acknowledgements.deadline(), liveness.deadline())
                : liveness.deadline();
    }

    /** Whether nothing was heard for so long that the leg is to be given up. */
    public boolean isLegSilent(long now) {
        return attached && state == RUNNING && liveness.isSilent(now);
    }

    /** Whether the tunnel is over, and how. */
    public StreamState state() {
        return state;
    }

    /** Bytes delivered to the local side so far. */
    public long bytesReceived() {
        return incoming.deliveredBytes();
    }

    /** Bytes taken from the local side so far. */
    public long bytesSent() {
        return outgoing.accepted();
    }

    /** Bytes of memory held for replay and for delivery, counted generously. */
    public long bytesHeld() {
        return outgoing.footprint() + incoming.footprint();
    }

    private void apply(BetweenEnds frame, long now) throws ProtocolViolation {
        switch (frame) {
            case Hello(long rxOffset, long rxLimit, boolean earlier) -> {
                outgoing.acknowledge(rxOffset, rxLimit);
                if (!change.isChanged()) {
                    welcome(rxOffset, earlier);
                }
            }
            case Received(long received, long rxOffset, long rxLimit) -> {
                outgoing.acknowledge(rxOffset, rxLimit);
                if (change.otherReceived(received)) {
                    outgoing.replay();
                }
            }
            case Data(long offset, long rxOffset, long rxLimit, Bytes bytes) -> {
                outgoing.acknowledge(rxOffset, rxLimit);
                incoming.add(offset, bytes);
            }
            case Ack(long rxOffset, long rxLimit) -> outgoing.acknowledge(rxOffset, rxLimit);
            case Fin(long finalOffset) -> incoming.end(finalOffset);
            case Reset(ResetCode code, String text) -> end(new StreamState.Reset(code, text, Origin.OTHER_END));
            case Ping(long token) -> pongDue = new Pong(token);
            case Pong(long token) -> window.answered(token, now);
        }
    }

    private void welcome(long rxOffset, boolean earlier) throws ProtocolViolation {
        if (rxOffset < acknowledgedBefore) {
            throw new ProtocolViolation("the other end lost what it had: rxOffset " + rxOffset + " (expected: >= "
                    + acknowledgedBefore + ")");
        }
        boolean again = overEarlierLeg
                ? change.heardOverEarlier(earlier, outgoing.position())
                : change.heard(earlier, outgoing.position());
        if (again) {
            outgoing.replay();
        }
    }

    private @Nullable BetweenEnds nextRunning(boolean ready, long now) {
        if (pongDue != null) {
            Pong pong = pongDue;
            pongDue = null;
            return pong;
        }
        if (change.isReceivedDue()) {
            change.receivedSent();
            return new Received(incoming.received(), acknowledgements.state(), acknowledgements.limit());
        }
        if (ready && change.isChanged() && outgoing.hasBytesToSend()) {
            long offset = outgoing.sent();
            Bytes bytes = outgoing.takeBytes();
            return new Data(offset, acknowledgements.state(), acknowledgements.limit(), bytes);
        }
        if (acknowledgements.isDue(now)) {
            return new Ack(acknowledgements.state(), acknowledgements.limit());
        }
        Fin fin = change.isChanged() ? outgoing.takeFin() : null;
        if (fin != null) {
            return fin;
        }
        return nextPing(now);
    }

    /** A finished end's, if the leg over which it said so was lost. */
    private @Nullable Ack lastAcknowledgement(long now) {
        return acknowledgements.isDue(now) ? new Ack(acknowledgements.state(), acknowledgements.limit()) : null;
    }

    /** For a sign of life, or, while bytes come in, to measure the delay. */
    private @Nullable Ping nextPing(long now) {
        window.restIfQuiet(now, incoming.footprint());
        if (!liveness.isPingDue(now) && !(change.isChanged() && window.isDelayWanted(now))) {
            return null;
        }
        long token = liveness.ping(now);
        window.asked(token, now);
        return new Ping(token);
    }

    private @Nullable Reset takeReset() {
        Reset reset = ownResetSaid ? null : ownReset;
        ownResetSaid = true;
        return reset;
    }

    private void finishIfDone() {
        if (state == RUNNING && outgoing.isAcknowledgedToTheEnd() && acknowledgements.isEndStated()) {
            end(new StreamState.Finished(outgoing.accepted(), incoming.deliveredBytes()));
        }
    }

    private void end(StreamState over) {
        state = over;
        outgoing.clear();
        incoming.clear();
    }
}
