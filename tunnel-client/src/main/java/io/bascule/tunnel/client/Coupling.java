package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamState;
import io.bascule.tunnel.TunnelStream;
import io.bascule.tunnel.client.proof.Handshake;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TunnelStream} with a leg on one side and a local connection on the other. Each event (a frame, bytes read,
 * bytes written, time) is told to the stream under one lock, and what the stream wants sent goes to the leg at once, on
 * the thread that brought the event. Nothing blocks or takes long while it holds the lock; the other end's introduction is
 * checked by the thread that keeps the stream's time.
 */
final class Coupling implements LegListener {

    private final TunnelStream stream;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition deliverable = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private final Legs legs;
    private Runnable localCanGoOn = () -> {};
    private boolean localWaitsForRoom;
    private long keeperWakesAt;
    private long keeperWakesFrom = Long.MAX_VALUE;
    private boolean toldOver;
    private boolean staysWhenOver;

    /** @param staysWhenOver whether it leaves a tunnel whose other end may not have learnt that it is over only when it is told to */
    Coupling(TunnelStream stream, LongSupplier nanoTime, boolean staysWhenOver) {
        this.staysWhenOver = staysWhenOver;
        this.stream = stream;
        this.legs = new Legs(stream, changed::signal, nanoTime.getAsLong());
        this.nanoTime = nanoTime;
        this.keeperWakesAt = nanoTime.getAsLong();
    }

    /** Starts a leg, which may stay at the present one's bridge; that one is used until the new one has been paired. */
    void attach(LegOpening opening, Frame.Attach attach, Handshake handshake, boolean stays) {
        lock.lock();
        try {
            legs.attach(opening.open(this), attach, handshake, stays);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the leg up that is being attached. */
    void abandonAttempt() {
        inTurn(legs::dropComing);
    }

    /** Keeps the stream's time until the condition holds, the tunnel is over or the time has passed. */
    LegStand keepUntil(BooleanSupplier condition, long nanos) throws InterruptedException {
        return keepOnUntil(() -> isOver() || condition.getAsBoolean(), nanos);
    }

    /** As {@link #keepUntil}, but goes on with a tunnel that is over. */
    LegStand keepOnUntil(BooleanSupplier condition, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long until = nanoTime.getAsLong() + nanos;
            while (true) {
                meet();
                long now = nanoTime.getAsLong();
                stream.tick(now);
                legs.dropSilent(now);
                pump(now);
                if (condition.getAsBoolean() || now - until >= 0) {
                    return legs.stand();
                }
                keeperWakesAt = legs.deadline() - until < 0 ? legs.deadline() : until;
                changed.awaitNanos(keeperWakesAt - now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the lock meanwhile, so that the tunnel's bytes go on over the leg that there is. */
    private void meet() {
        Meeting meeting = legs.coming();
        if (meeting != null) {
            meeting.introduceIfDue();
        }
        if (meeting == null || !meeting.isToBeAnswered()) {
            return;
        }
        lock.unlock();
        try {
            meeting.answer();
        } finally {
            lock.lock();
        }
        legs.answered(meeting, nanoTime.getAsLong());
    }

    /** Where the last attempt stands; for use in {@link #keepUntil}. */
    LegStand stand() {
        return legs.stand();
    }

    /** Whether there is a paired leg. */
    boolean hasLeg() {
        return locked(legs::hasPresent);
    }

    /** Whether the other end has come to the present leg as well. */
    boolean isChanged() {
        return locked(stream::isChanged);
    }

    /** Whether the last leg that was paired came to nothing, and the one before is used on. */
    boolean hasFallenBack() {
        return locked(legs::hasFallenBack);
    }

    /** Whether that was so of the one before. */
    boolean hadFallenBack() {
        return locked(legs::hadFallenBack);
    }

    /** Whether the other end of a tunnel that is over is known to have left too. */
    boolean hasOtherLeft() {
        return locked(legs::hasOtherLeft);
    }

    /** The present leg's bridge asks for a move; null if it does not. */
    Frame.@Nullable Migrate asked() {
        lock.lock();
        try {
            return legs.asked();
        } finally {
            lock.unlock();
        }
    }

    /** The time without a leg after a leg was lost, if there is none now. */
    Optional<TunnelEnd.Interruption> interruption() {
        lock.lock();
        try {
            return legs.hasPresent() || legs.whyLost().isEmpty() || isOver()
                    ? Optional.empty()
                    : Optional.of(new TunnelEnd.Interruption(
                            legs.whyLost(), Duration.ofNanos(nanoTime.getAsLong() - legs.lostAt())));
        } finally {
            lock.unlock();
        }
    }

    /** When there was no leg any more; of an end that has one, when that was so the last time. */
    long lostAt() {
        return locked(legs::lostAt);
    }

    /** Tells the present leg's bridge something. */
    void tellBridge(Frame.WithBridge frame) {
        inTurn(() -> legs.tellBridge(frame));
    }

    void wakeKeeper() {
        inTurn(changed::signal);
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

    /** For a local connection that must not wait: called, under the lock, when there is something new for it to do. */
    void whenLocalCanGoOn(Runnable wake) {
        inTurn(() -> localCanGoOn = wake);
    }

    /** How many bytes may be read from the local connection now; 0 if it will be told when there is room. */
    int readableNow() {
        lock.lock();
        try {
            int room = isOver() ? 0 : stream.readableBytes();
            localWaitsForRoom = room == 0;
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be done for the local connection's output now; null if it will be told. */
    @Nullable
    Delivery deliveryNow() {
        lock.lock();
        try {
            if (isOver()) {
                return new Delivery.Over();
            }
            if (stream.hasDeliverable()) {
                return new Delivery.Pieces(stream.takeDeliverable());
            }
            return stream.isOutputToBeClosed() ? new Delivery.End() : null;
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
            Delivery delivery = deliveryNow();
            while (delivery == null) {
                deliverable.awaitUninterruptibly();
                delivery = deliveryNow();
            }
            return delivery;
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
            long now = nanoTime.getAsLong();
            legs.received(from, frame, now);
            pump(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ready(Leg from) {
        apply(() -> {});
    }

    @Override
    public void inTurn(Runnable sending) {
        lock.lock();
        try {
            sending.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(Leg from, Status status) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            legs.ended(from, status, now);
            pump(now);
        } finally {
            lock.unlock();
        }
    }

    StreamState state() {
        return locked(stream::state);
    }

    /** Bytes of both directions. */
    long carried() {
        return locked(this::bothWays);
    }

    /** Has the keeper look again once so much was carried. */
    void wakeKeeperFrom(long carried) {
        inTurn(() -> keeperWakesFrom = carried);
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
        legs.send(now);
        if (isOver()) {
            tellOver(now);
            return;
        }
        boolean roomAgain = stream.readableBytes() > 0;
        if (roomAgain) {
            readable.signal();
        }
        boolean toDeliver = stream.hasDeliverable() || stream.isOutputToBeClosed();
        if (toDeliver) {
            deliverable.signal();
        }
        if (toDeliver || (roomAgain && localWaitsForRoom)) {
            localWaitsForRoom = false;
            localCanGoOn.run();
        }
        boolean enough = bothWays() >= keeperWakesFrom;
        if (enough) {
            keeperWakesFrom = Long.MAX_VALUE;
        }
        if (enough || legs.deadline() - keeperWakesAt < 0) {
            changed.signal();
        }
    }

    private long bothWays() {
        return stream.bytesSent() + stream.bytesReceived();
    }

    /** Nothing is left to be said but by an end that stays, whose keeper is to hear of whatever becomes of its leg. */
    private void tellOver(long now) {
        if (!(staysWhenOver && stream.state().isForTheOtherEnd())) {
            legs.leave(now);
        }
        if (!toldOver) {
            toldOver = true;
            legs.endComing();
            readable.signalAll();
            deliverable.signalAll();
            changed.signalAll();
        }
    }

    /** Leaves a tunnel that is over. */
    void leave() {
        apply(() -> staysWhenOver = false);
    }

    private boolean isOver() {
        return !(stream.state() instanceof StreamState.Running);
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
