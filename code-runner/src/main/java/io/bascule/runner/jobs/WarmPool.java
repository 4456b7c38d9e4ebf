package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.ProcessRefusedException;
import io.bascule.runner.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a few processes ready, so that a job need not wait for its runtime to start. One thread refills it, one process
 * at a time: starting a runtime is bound by the processor, and running jobs need that too.
 */
final class WarmPool {

    private static final Logger log = LoggerFactory.getLogger(WarmPool.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Sandbox sandbox;
    private final Language language;
    private final MemorySize memory;
    private final int size;
    private final Deque<PreparedProcess> ready = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean running;

    /** Holds up to {@code size} processes that may use {@code memory}. */
    WarmPool(Sandbox sandbox, Language language, MemorySize memory, int size) {
        this.sandbox = sandbox;
        this.language = language;
        this.memory = memory;
        this.size = size;
    }

    /** A process that is ready, if there is one. */
    Optional<PreparedProcess> take() {
        lock.lock();
        try {
            PreparedProcess next;
            while ((next = ready.poll()) != null) {
                changed.signalAll();
                if (next.process().isAlive()) {
                    return Optional.of(next);
                }
                next.close();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    int ready() {
        lock.lock();
        try {
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until that many are ready; false when they are not in time. */
    boolean awaitReady(int wanted, Duration time) throws InterruptedException {
        long nanos = time.toNanos();
        lock.lock();
        try {
            while (ready.size() < wanted) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void start() {
        lock.lock();
        try {
            if (!running) {
                running = true;
                Thread.ofVirtual().name("warm-pool-" + language.label()).start(this::refill);
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            running = false;
            changed.signalAll();
            ready.forEach(idle -> idle.close());
            ready.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void refill() {
        try {
            while (awaitRoom()) {
                add();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (running && ready.size() >= size) {
                changed.await();
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void add() throws InterruptedException {
        PreparedProcess process = prepare();
        lock.lock();
        try {
            if (process == null) {
                pause();
            } else if (running) {
                ready.add(process);
                changed.signalAll();
            } else {
                process.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** After a failure, so that a machine in trouble is not kept busy. */
    private void pause() throws InterruptedException {
        long nanos = RETRY_AFTER.toNanos();
        while (running && nanos > 0) {
            nanos = changed.awaitNanos(nanos);
        }
    }

    private @Nullable PreparedProcess prepare() {
        try {
            return PreparedProcess.start(sandbox, language, memory);
        } catch (ProcessRefusedException refused) {
            if (isRunning()) {
                log.warn("No process could be made ready: {}", refused.getMessage());
            }
            return null;
        }
    }
}
