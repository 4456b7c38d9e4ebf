package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamState;
import io.bascule.tunnel.TunnelStream;
import io.grpc.Channel;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TunnelStream} with a leg on one side and a local connection on the other. Each event (a frame, bytes read,
 * bytes written, time) is told to the stream under one lock, and what the stream wants sent goes to the leg at once, on
 * the thread that brought the event. Nothing blocks while it holds the lock.
 */
final class Coupling implements LegListener {

    private final TunnelStream stream;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition deliverable = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private @Nullable Leg leg;
    private LegStand stand = new LegStand.None();
    private long keeperWakesAt;
    private boolean paired;
    private boolean left;

    Coupling(TunnelStream stream, LongSupplier nanoTime) {
        this.stream = stream;
        this.nanoTime = nanoTime;
        this.keeperWakesAt = nanoTime.getAsLong();
    }

    /** Starts a leg in place of the present one. */
    void attach(Channel channel, Frame.Attach attach) {
        lock.lock();
        try {
            dropLeg();
            stand = new LegStand.Attaching();
            paired = false;
            leg = Leg.over(channel, this);
            leg.start(attach);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the present leg up, telling the bridge that this end goes on elsewhere. */
    void abandonLeg() {
        lock.lock();
        try {
            dropLeg();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the stream's time until the condition holds, the tunnel is over or the time has passed. */
    LegStand keepUntil(BooleanSupplier condition, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long until = nanoTime.getAsLong() + nanos;
            while (true) {
                long now = nanoTime.getAsLong();
                stream.tick(now);
                dropSilentLeg(now);
                pump(now);
                if (isOver() || condition.getAsBoolean() || now - until >= 0) {
                    return stand;
                }
                keeperWakesAt = stream.deadline() - until < 0 ? stream.deadline() : until;
                changed.awaitNanos(keeperWakesAt - now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the leg stands as in the given class; for use in {@link #keepUntil}. */
    boolean stands(Class<? extends LegStand> where) {
        return where.isInstance(stand);
    }

    /** Whether the last leg that was started has been paired, even if it is gone by now. */
    boolean isPaired() {
        lock.lock();
        try {
            return paired;
        } finally {
            lock.unlock();
        }
    }

    void wakeKeeper() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until bytes may be read from the local connection; says how many, or -1 once the tunnel is over. */
    int awaitReadable() {
        lock.lock();
        try {
            while (!isOver() && stream.readableBytes() == 0) {
                readable.awaitUninterruptibly();
            }
            return isOver() ? -1 : stream.readableBytes();
        } finally {
            lock.unlock();
        }
    }

    void read(Bytes bytes) {
        apply(() -> stream.localRead(bytes));
    }

    void readEnd() {
        apply(stream::localEnd);
    }

    /** Waits until there is something to do for the local connection's output. */
    Delivery awaitDelivery() {
        lock.lock();
        try {
            while (true) {
                if (isOver()) {
                    return new Delivery.Over();
                }
                if (stream.hasDeliverable()) {
                    return new Delivery.Pieces(stream.takeDeliverable());
                }
                if (stream.isOutputToBeClosed()) {
                    return new Delivery.End();
                }
                deliverable.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void written(long count) {
        apply(() -> stream.localWritten(count, nanoTime.getAsLong()));
    }

    void outputClosed() {
        apply(() -> stream.localOutputClosed(nanoTime.getAsLong()));
    }

    /** Ends the tunnel from this end. */
    void reset(ResetCode code, String text) {
        apply(() -> stream.reset(code, text));
    }

    @Override
    public void received(Leg from, Frame frame) {
        lock.lock();
        try {
            if (from == leg) {
                receive(from, frame);
                pump(nanoTime.getAsLong());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ready(Leg from) {
        apply(() -> {});
    }

    @Override
    public void ended(Leg from, Status status) {
        lock.lock();
        try {
            if (from == leg) {
                leg = null;
                lose(stand instanceof LegStand.Refused ? stand : new LegStand.Ended(status));
            }
        } finally {
            lock.unlock();
        }
    }

    StreamState state() {
        lock.lock();
        try {
            return stream.state();
        } finally {
            lock.unlock();
        }
    }

    long bytesSent() {
        return locked(stream::bytesSent);
    }

    long bytesReceived() {
        return locked(stream::bytesReceived);
    }

    long bytesHeld() {
        return locked(stream::bytesHeld);
    }

    private void receive(Leg from, Frame frame) {
        long now = nanoTime.getAsLong();
        switch (frame) {
            case Frame.BetweenEnds between -> stream.received(between, now);
            case Frame.Attached(var status, long epoch, long retryAfter, String text) -> {
                switch (status) {
                    case OK -> {
                        stand = new LegStand.Attached();
                        paired = true;
                        stream.attached(now);
                        changed.signal();
                    }
                    case NOT_FOUND, STALE_EPOCH, DENIED, BUSY ->
                        lose(new LegStand.Refused(status, epoch, Duration.ofMillis(retryAfter), text));
                }
            }
            case Frame.PeerLost() -> lose(new LegStand.PeerLost());
            case Frame.Migrate _ -> {
                // This version does not move when asked; the leg ends when the bridge does.
            }
            case Frame.Attach _, Frame.Detach _ -> from.cancel("a bridge sends neither ATTACH nor DETACH");
        }
    }

    private void lose(LegStand why) {
        stand = why;
        stream.detached(nanoTime.getAsLong());
        changed.signal();
    }

    private void dropLeg() {
        if (leg != null) {
            leg.leave(DetachReason.MOVED);
            leg = null;
        }
        lose(new LegStand.None());
    }

    private void dropSilentLeg(long now) {
        if (leg != null && stream.isLegSilent(now)) {
            String why = "nothing was heard from the other end for too long";
            leg.cancel(why);
            leg = null;
            lose(new LegStand.Ended(Status.UNAVAILABLE.withDescription(why)));
        }
    }

    private void apply(Runnable event) {
        lock.lock();
        try {
            event.run();
            pump(nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Sends what the stream wants sent and wakes whoever can go on. */
    private void pump(long now) {
        Leg present = leg;
        if (present != null) {
            for (Frame next = stream.nextFrame(present.isReady(), now);
                    next != null;
                    next = stream.nextFrame(present.isReady(), now)) {
                present.send(next);
            }
        }
        if (isOver()) {
            leave();
            return;
        }
        if (stream.readableBytes() > 0) {
            readable.signal();
        }
        if (stream.hasDeliverable() || stream.isOutputToBeClosed()) {
            deliverable.signal();
        }
        if (stream.deadline() - keeperWakesAt < 0) {
            changed.signal();
        }
    }

    private void leave() {
        if (!left) {
            left = true;
            if (leg != null) {
                leg.leave(DetachReason.ENDED);
            }
            readable.signalAll();
            deliverable.signalAll();
            changed.signalAll();
        }
    }

    private boolean isOver() {
        return !(stream.state() instanceof StreamState.Running);
    }

    private long locked(LongSupplier figure) {
        lock.lock();
        try {
            return figure.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
