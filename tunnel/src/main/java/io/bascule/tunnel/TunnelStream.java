package io.bascule.tunnel;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.BetweenEnds;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Fin;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Ping;
import io.bascule.tunnel.Frame.Pong;
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
 * arrives, twice the other end's window for what is kept for replay, and a constant. Not thread-safe.
 */
public final class TunnelStream {

    private static final StreamState RUNNING = new StreamState.Running();

    private final Outgoing outgoing = new Outgoing();
    private final Incoming incoming;
    private final Acknowledgements acknowledgements;
    private final Liveness liveness;
    private final long hold;

    private StreamState state = RUNNING;
    private boolean attached;
    private boolean helloDue;
    private boolean helloReceived;
    private long acknowledgedBefore;
    private long detachedSince;
    private @Nullable Pong pongDue;
    private @Nullable Reset resetDue;

    /** An end without a leg, with nothing sent and nothing received. */
    public TunnelStream(StreamSettings settings, long now) {
        this.incoming = new Incoming(settings.window());
        this.acknowledgements = new Acknowledgements(incoming, settings.acknowledgeWithin());
        this.liveness = new Liveness(settings.pingAfter(), settings.lostAfter());
        this.hold = settings.detachedHold().toNanos();
        this.detachedSince = now;
    }

    /** A leg was paired with the other end's: start with HELLO and send again what the other end turns out to lack. */
    public void attached(long now) {
        attached = true;
        helloDue = true;
        helloReceived = false;
        acknowledgedBefore = outgoing.acknowledged();
        pongDue = null;
        liveness.heard(now);
    }

    /** The leg is gone. What is unacknowledged stays for the next one. */
    public void detached(long now) {
        if (attached) {
            attached = false;
            detachedSince = now;
        }
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
            resetDue = new Reset(code, text);
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
            incoming.delivered(count);
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
     * pairing with HELLO, from which an other end that missed the last acknowledgement learns that it is finished too.
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
        if (helloDue) {
            helloDue = false;
            return new Hello(acknowledgements.state(), acknowledgements.limit());
        }
        BetweenEnds frame = state == RUNNING ? nextRunning(ready, now) : null;
        finishIfDone();
        return frame;
    }

    /** Time passed. Call it when {@link #deadline} has come; calling it earlier does no harm. */
    public void tick(long now) {
        if (state == RUNNING && !attached && now - detachedSince >= hold) {
            reset(ResetCode.DETACHED_TOO_LONG, "no bridge could be reached for " + hold / 1_000_000 + " ms");
        }
    }

    /** When to call {@link #tick} and {@link #nextFrame} even if nothing else happens. */
    public long deadline() {
        if (!attached) {
            return detachedSince + hold;
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
            case Hello(long rxOffset, long rxLimit) -> {
                outgoing.acknowledge(rxOffset, rxLimit);
                if (!helloReceived) {
                    welcome(rxOffset);
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
            case Pong _ -> liveness.heard(now);
        }
    }

    private void welcome(long rxOffset) throws ProtocolViolation {
        if (rxOffset < acknowledgedBefore) {
            throw new ProtocolViolation("the other end lost what it had: rxOffset " + rxOffset + " (expected: >= "
                    + acknowledgedBefore + ")");
        }
        helloReceived = true;
        outgoing.replay();
    }

    private @Nullable BetweenEnds nextRunning(boolean ready, long now) {
        if (pongDue != null) {
            Pong pong = pongDue;
            pongDue = null;
            return pong;
        }
        if (ready && helloReceived && outgoing.hasBytesToSend()) {
            long offset = outgoing.sent();
            Bytes bytes = outgoing.takeBytes();
            return new Data(offset, acknowledgements.state(), acknowledgements.limit(), bytes);
        }
        if (acknowledgements.isDue(now)) {
            return new Ack(acknowledgements.state(), acknowledgements.limit());
        }
        Fin fin = helloReceived ? outgoing.takeFin() : null;
        if (fin != null) {
            return fin;
        }
        return liveness.isPingDue(now) ? new Ping(liveness.ping(now)) : null;
    }

    private @Nullable Reset takeReset() {
        Reset reset = resetDue;
        resetDue = null;
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
