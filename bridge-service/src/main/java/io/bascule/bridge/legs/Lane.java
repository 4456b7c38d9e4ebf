package io.bascule.bridge.legs;

import io.bascule.tunnel.EncodedFrame;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * One direction of a pairing: frames from a source leg, held as far as the budget allows while the sink is not ready,
 * and handed on in order. The source is asked for its next message only after the last was taken, so a slow sink slows
 * its own source and nothing else. Safe for use by many threads.
 */
final class Lane {

    private static final int DATA = 0x11;
    private static final int DATA_HEADER = 25;

    private final LegStream source;
    private final LegStream sink;
    private final BufferBudget budget;
    private final LongConsumer payload;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Message> held = new ArrayDeque<>();
    private long heldBytes;
    private boolean asked;
    private Mode mode = Mode.FORWARDING;

    private enum Mode {
        FORWARDING,
        FINISHING,
        DISCARDING
    }

    /** @param payload told of the tunnel's bytes in each frame that came */
    Lane(LegStream source, LegStream sink, BufferBudget budget, LongConsumer payload) {
        this.source = source;
        this.sink = sink;
        this.budget = budget;
        this.payload = payload;
    }

    /** Asks the source for its first message. */
    void start() {
        pump();
    }

    /** A message of the source, which was asked for. */
    void received(Message message) {
        lock.lock();
        try {
            asked = false;
            if (mode == Mode.FORWARDING) {
                if (message.type() == DATA) {
                    payload.accept(Math.max(0, message.length() - DATA_HEADER));
                }
                hold(message);
            } else {
                message.drop();
            }
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** A message of the source, which was asked for, is not to be handed on. */
    void skipped() {
        lock.lock();
        try {
            asked = false;
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** The sink can take more. */
    void sinkReady() {
        pump();
    }

    /** Hands on what is held and this last frame; forgets the frame when the sink is gone already. */
    void append(EncodedFrame last) {
        lock.lock();
        try {
            if (mode == Mode.FORWARDING) {
                hold(Message.of(last));
            }
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** The source is done: ends the sink as soon as all that is held has been handed on. */
    void finish() {
        lock.lock();
        try {
            mode = Mode.FINISHING;
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** The sink is gone: forgets what is held, and goes on reading the source so that its end is seen. */
    void discard() {
        lock.lock();
        try {
            mode = Mode.DISCARDING;
            held.forEach(Message::drop);
            held.clear();
            budget.giveBack(heldBytes);
            heldBytes = 0;
        } finally {
            lock.unlock();
        }
        pump();
    }

    private void hold(Message message) {
        held.add(message);
        long cost = cost(message);
        heldBytes += cost;
        budget.take(cost);
    }

    private void pump() {
        boolean ask;
        boolean end;
        lock.lock();
        try {
            deliver();
            end = mode == Mode.FINISHING && held.isEmpty();
            ask = !asked && mode != Mode.FINISHING && budget.allows(heldBytes);
            asked |= ask;
        } finally {
            lock.unlock();
        }
        if (end) {
            sink.end();
        }
        if (ask) {
            source.request();
        }
    }

    private void deliver() {
        while (!held.isEmpty() && sink.isReady()) {
            Message message = held.remove();
            long cost = cost(message);
            heldBytes -= cost;
            budget.giveBack(cost);
            sink.send(message);
        }
    }

    private static long cost(Message message) {
        return (long) message.length() + BufferBudget.OVERHEAD;
    }
}
