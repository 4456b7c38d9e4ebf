package io.bascule.runner.jobs;

import io.bascule.runner.bundle.Bundles;
import io.bascule.runner.jobs.RefillPolicy.Refill;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.ProcessRefusedException;
import io.bascule.runner.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps processes of one language ready, so that a job need not wait for its runtime to start. One thread does what the
 * policy decides, one process at a time: starting a runtime is bound by the processor, and running jobs need that too. It also ends
 * processes that nobody wants any more. That may take long, so it is never done under the lock: who asks for a process does not wait
 * for one that leaves.
 */
final class WarmPool {

    private static final Logger log = LoggerFactory.getLogger(WarmPool.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Functions choose their memory, and some have bundles: what is asked for least is forgotten first. */
    private static final int MOST_SHELVES = 8;

    private final Sandbox sandbox;
    private final Language language;
    private final RefillPolicy policy;
    private final CpuBudget budget;
    private final NanoClock clock;
    private final Map<WarmKind, WarmShelf> shelves = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** What has been taken off its shelf for nobody and is to be closed. */
    private final List<AutoCloseable> leaving = new ArrayList<>();

    private boolean running;
    /** Whether the pool's thread closes some of it now. */
    private boolean closing;

    /** Jobs get {@code usual} by default; the budget is for the pools of all languages together. */
    WarmPool(
            Sandbox sandbox,
            Language language,
            MemorySize usual,
            RefillPolicy policy,
            CpuBudget budget,
            NanoClock clock) {
        this.sandbox = sandbox;
        this.language = language;
        this.policy = policy;
        this.budget = budget;
        this.clock = clock;
        var kind = new WarmKind(usual);
        shelves.put(kind, new WarmShelf(kind, null, true, clock.nanos()));
    }

    /** A process with that memory that may read that bundle and is ready, if there is one. */
    Optional<PreparedProcess> take(MemorySize memory, Bundles.@Nullable Held bundle) {
        lock.lock();
        try {
            long now = clock.nanos();
            Optional<WarmShelf> shelf = shelfOf(memory, bundle);
            shelf.ifPresent(asked -> asked.ask(now));
            Optional<PreparedProcess> taken = shelf.flatMap(asked -> takeAlive(asked, now));
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private Optional<PreparedProcess> takeAlive(WarmShelf shelf, long now) {
        for (var next = shelf.take(now); next.isPresent(); next = shelf.take(now)) {
            if (next.get().process().isAlive()) {
                return next;
            }
            leaving.add(next.get());
        }
        return Optional.empty();
    }

    /** Of every kind. */
    int ready() {
        lock.lock();
        try {
            return shelves.values().stream().mapToInt(WarmShelf::ready).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until that many are ready; false when they are not in time. */
    boolean awaitReady(int wanted, Duration time) throws InterruptedException {
        long nanos = time.toNanos();
        lock.lock();
        try {
            while (ready() < wanted) {
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

    /** Blocks until those that wait have ended. */
    void stop() {
        List<AutoCloseable> left;
        lock.lock();
        try {
            running = false;
            changed.signalAll();
            shelves.values().forEach(shelf -> leaving.addAll(shelf.clear()));
            left = takeLeaving();
        } finally {
            lock.unlock();
        }
        left.forEach(WarmPool::close);
        awaitClosed();
    }

    private void awaitClosed() {
        lock.lock();
        try {
            while (closing) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private List<AutoCloseable> takeLeaving() {
        List<AutoCloseable> taken = List.copyOf(leaving);
        leaving.clear();
        return taken;
    }

    /** Empty when there are too many kinds that are asked for more often. */
    private Optional<WarmShelf> shelfOf(MemorySize memory, Bundles.@Nullable Held bundle) {
        var kind = new WarmKind(memory, bundle == null ? null : bundle.directory());
        WarmShelf known = shelves.get(kind);
        if (known != null) {
            return Optional.of(known);
        }
        long now = clock.nanos();
        if (shelves.size() >= MOST_SHELVES) {
            shelves.entrySet().stream()
                    .filter(entry -> entry.getValue().isIdle())
                    .min(Comparator.comparingDouble(entry -> entry.getValue().perSecond(now)))
                    .map(Map.Entry::getKey)
                    .map(shelves::remove)
                    .ifPresent(forgotten -> leaving.addAll(forgotten.clear()));
        }
        if (shelves.size() >= MOST_SHELVES) {
            return Optional.empty();
        }
        var made = new WarmShelf(kind, bundle == null ? null : bundle.again(), false, now);
        shelves.put(kind, made);
        return Optional.of(made);
    }

    private void refill() {
        try {
            for (var step = awaitStep(); !(step instanceof Step.Stop); step = awaitStep()) {
                switch (step) {
                    case Step.Add(WarmKind kind) -> add(kind);
                    case Step.Close(List<AutoCloseable> left) -> left.forEach(WarmPool::close);
                    case Step.Stop _ -> throw new IllegalStateException("the loop has ended");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the pool's thread does without the lock. */
    private sealed interface Step {

        record Add(WarmKind kind) implements Step {}

        record Close(List<AutoCloseable> left) implements Step {}

        record Stop() implements Step {}
    }

    /** Blocks until there is something to do. */
    private Step awaitStep() throws InterruptedException {
        lock.lock();
        try {
            closing = false;
            changed.signalAll();
            while (running) {
                if (!leaving.isEmpty()) {
                    closing = true;
                    return new Step.Close(takeLeaving());
                }
                switch (decide()) {
                    case Refill.Start(WarmKind kind) -> {
                        return new Step.Add(kind);
                    }
                    case Refill.GiveUp(WarmKind kind) -> giveUp(kind);
                    case Refill.Forget(WarmKind kind) -> forget(kind);
                    case Refill.Wait(Duration atMost) -> {
                        var _ = changed.awaitNanos(atMost.toNanos());
                    }
                }
            }
            return new Step.Stop();
        } finally {
            lock.unlock();
        }
    }

    private Refill decide() {
        long now = clock.nanos();
        List<RefillPolicy.Shelf> seen =
                shelves.values().stream().map(shelf -> shelf.seenAt(now)).toList();
        return policy.next(seen, budget.untilAllowed());
    }

    private void giveUp(WarmKind kind) {
        Optional.ofNullable(shelves.get(kind)).flatMap(WarmShelf::poll).ifPresent(leaving::add);
        changed.signalAll();
    }

    private void forget(WarmKind kind) {
        Optional.ofNullable(shelves.remove(kind)).ifPresent(forgotten -> leaving.addAll(forgotten.clear()));
    }

    private void add(WarmKind kind) throws InterruptedException {
        long begun = clock.nanos();
        PreparedProcess process = prepare(kind);
        if (process == null) {
            pause();
        } else if (!isPut(process, kind, Duration.ofNanos(clock.nanos() - begun))) {
            process.close();
        }
    }

    /** False when there is no place for it any more. */
    private boolean isPut(PreparedProcess process, WarmKind kind, Duration took) {
        lock.lock();
        try {
            budget.charge(process.startupCpu());
            WarmShelf shelf = shelves.get(kind);
            if (!running || shelf == null) {
                return false;
            }
            shelf.add(process, took);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** After a failure, so that a machine in trouble is not kept busy. */
    private void pause() throws InterruptedException {
        long nanos = RETRY_AFTER.toNanos();
        lock.lock();
        try {
            while (running && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(AutoCloseable left) {
        try {
            left.close();
        } catch (Exception failure) {
            log.warn("What is needed no more could not be closed", failure);
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

    private @Nullable PreparedProcess prepare(WarmKind kind) {
        try {
            return PreparedProcess.start(sandbox, language, kind.memory(), kind.bundle());
        } catch (ProcessRefusedException refused) {
            if (isRunning()) {
                log.warn("No process could be made ready: {}", refused.getMessage());
            }
            return null;
        }
    }
}
