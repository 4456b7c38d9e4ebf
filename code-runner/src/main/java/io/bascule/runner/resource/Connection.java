package io.bascule.runner.resource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection between a job's process and a resource, from the asking to its end: when both sides have ended, one of
 * them has gone, nobody carries it in time, or nothing has passed for too long. Safe for use by many threads.
 */
public final class Connection {

    /** What a process may have sent that has not gone on yet, in bytes. */
    public static final int WINDOW = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** Not to be guessed: whoever knows it may carry the connection. */
    private final String id = UUID.randomUUID().toString();

    private final ProcessSide process;
    private final Runnable onOver;
    private final OutgoingBytes outgoing = new OutgoingBytes(WINDOW);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Carrier carrier;
    private long steps;
    private boolean sentAll;
    private boolean receivedAll;
    private boolean over;

    Connection(ProcessSide process, Runnable onOver) {
        this.process = process;
        this.onOver = onOver;
    }

    public String id() {
        return id;
    }

    /** From the process; false when it has sent more than it may. */
    public boolean write(ByteBuffer bytes) {
        step();
        return outgoing.put(bytes);
    }

    /** The process sends no more. */
    public void finish() {
        outgoing.end();
    }

    /** The process has gone, or wants it no more. */
    public void abort() {
        conclude();
    }

    /** It is carried from now on; false when it is over or carried already. Blocks while the process does not listen. */
    boolean carry(Carrier by) throws IOException {
        lock.lock();
        try {
            if (over || carrier != null) {
                return false;
            }
            carrier = by;
            steps++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        process.opened();
        Thread.ofVirtual().name("resource-" + id).start(() -> send(by));
        return true;
    }

    /** From the resource. Blocks while the process does not listen. */
    public void received(byte[] bytes) throws IOException {
        step();
        process.data(bytes);
    }

    /** The resource sends no more. */
    public void ended() throws IOException {
        process.ended();
        endedBy(false);
    }

    /** It was cut, or could not be had. */
    public void failed(String code, String message) {
        if (conclude()) {
            try {
                process.failed(code, message);
            } catch (IOException gone) {
                log.trace("The job ended before it heard that its connection had", gone);
            }
        }
    }

    /** Ends it when it is not carried in time, or when nothing passes; blocks until it is over. */
    void keep(Duration carriedWithin, Duration idle) throws InterruptedException {
        if (!passes(0, carriedWithin)) {
            failed("RESOURCE_FAILED", "Nobody opened a way to the resource within %s".formatted(carriedWithin));
        }
        long seen = steps();
        while (passes(seen, idle)) {
            seen = steps();
        }
        failed("RESOURCE_IDLE", "Nothing was sent or received for %s".formatted(idle));
    }

    /** Whether there is a step beyond those seen, in that time; not when it is over. */
    private boolean passes(long seen, Duration within) throws InterruptedException {
        long nanos = within.toNanos();
        lock.lock();
        try {
            while (!over && (carrier == null || steps == seen) && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !over && carrier != null && steps != seen;
        } finally {
            lock.unlock();
        }
    }

    private long steps() {
        lock.lock();
        try {
            return steps;
        } finally {
            lock.unlock();
        }
    }

    private void step() {
        lock.lock();
        try {
            steps++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void send(Carrier by) {
        try {
            for (var piece = outgoing.take(); piece.isPresent(); piece = outgoing.take()) {
                by.send(piece.get());
                step();
                process.taken(piece.get().length);
            }
            if (outgoing.isDrained()) {
                by.end();
                endedBy(true);
            }
        } catch (IOException gone) {
            log.trace("The job has ended, and its connection with it", gone);
            abort();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            abort();
        }
    }

    private void endedBy(boolean processSide) {
        boolean both;
        lock.lock();
        try {
            sentAll |= processSide;
            receivedAll |= !processSide;
            both = sentAll && receivedAll;
        } finally {
            lock.unlock();
        }
        if (both) {
            conclude();
        }
    }

    /** False when it was over already. */
    private boolean conclude() {
        Carrier by;
        lock.lock();
        try {
            if (over) {
                return false;
            }
            over = true;
            by = carrier;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        outgoing.close();
        if (by != null) {
            by.close();
        }
        onOver.run();
        return true;
    }
}
