package io.bascule.tasks.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes in groups. While one group commits, the next gathers, so a lone item waits for nothing and a crowd shares one
 * transaction. Safe for use by many threads; each of its writers is a thread. When a group is refused for its data, its items
 * are written one by one, so that only the bad one fails.
 *
 * @param <T> what is written
 * @param <R> what its sender learns
 */
public class GroupCommit<T, R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** After a group that could not be gathered. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Function<List<T>, List<R>> write;
    private final Bounds bounds;
    private final Pace pace;
    private final Deque<Item<T, R>> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Thread> writers;
    private int writing;
    private long oldest;
    private boolean closed;

    /**
     * Starts the writers.
     *
     * @param write stores a group in one transaction and returns one outcome an item, in order
     */
    public GroupCommit(String name, Function<List<T>, List<R>> write, Bounds bounds) {
        this(name, write, bounds, Pace.AT_ONCE);
    }

    public GroupCommit(String name, Function<List<T>, List<R>> write, Bounds bounds, Pace pace) {
        this.write = write;
        this.bounds = bounds;
        this.pace = pace;
        this.writers = IntStream.range(0, bounds.writers())
                .mapToObj(number ->
                        Thread.ofPlatform().daemon().name(name + "-" + number).start(this::run))
                .toList();
    }

    /**
     * Hands an item over; the future completes after the commit, or with its failure, on the thread of a writer.
     *
     * @throws GroupCommitFull when too many wait already, or after closing
     */
    public CompletableFuture<R> submit(T value) {
        var item = new Item<T, R>(value, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed || waiting.size() >= bounds.waiting()) {
                throw new GroupCommitFull(waiting.size());
            }
            if (waiting.isEmpty()) {
                oldest = System.nanoTime();
            }
            waiting.add(item);
            if (waiting.size() == 1 || isReady()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return item.outcome();
    }

    /** Writes what waits, then stops. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread writer : writers) {
            join(writer);
        }
    }

    private static void join(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = writeNext();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there may be another. An error, such as for want of memory, is no reason to write no more. */
    private boolean writeNext() throws InterruptedException {
        List<Item<T, R>> group;
        try {
            group = next();
        } catch (RuntimeException | Error failure) {
            LOG.error("a group could not be gathered; it is tried again", failure);
            LockSupport.parkNanos(PAUSE.toNanos());
            return true;
        }
        if (group.isEmpty()) {
            return false;
        }
        try {
            commit(group);
        } catch (RuntimeException | Error failure) {
            fail(group, failure);
        } finally {
            written();
        }
        return true;
    }

    /** The next group; an empty one when there will be none. */
    private List<Item<T, R>> next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !isReady()) {
                long left = oldest + bounds.patience().toNanos() - System.nanoTime();
                if (waiting.isEmpty() || writing > 0) {
                    changed.await();
                } else if (left <= 0) {
                    break;
                } else {
                    long _ = changed.awaitNanos(left);
                }
            }
            List<Item<T, R>> group = take();
            writing++;
            return group;
        } finally {
            lock.unlock();
        }
    }

    private boolean isReady() {
        int size = waiting.size();
        return size >= bounds.largestGroup() || (size > 0 && pace.isReady(size, writing));
    }

    private List<Item<T, R>> take() {
        List<Item<T, R>> group = new ArrayList<>(Math.min(waiting.size(), bounds.largestGroup()));
        while (!waiting.isEmpty() && group.size() < bounds.largestGroup()) {
            group.add(waiting.remove());
        }
        oldest = System.nanoTime();
        return group;
    }

    private void written() {
        lock.lock();
        try {
            writing--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Item<T, R>> group) {
        try {
            List<R> outcomes = write.apply(group.stream().map(Item::value).toList());
            for (int index = 0; index < group.size(); index++) {
                group.get(index).outcome().complete(outcomes.get(index));
            }
        } catch (RuntimeException failure) {
            if (Refused.isDataOf(failure) && group.size() > 1) {
                group.forEach(item -> commit(List.of(item)));
            } else {
                fail(group, failure);
            }
        }
    }

    /** Those that have not learned of their outcome yet. */
    private static <T, R> void fail(List<Item<T, R>> group, Throwable failure) {
        group.forEach(item -> item.outcome().completeExceptionally(failure));
    }

    /**
     * How much is written at once and how much may wait.
     *
     * @param writers transactions at the same time
     * @param largestGroup items in one transaction
     * @param waiting items that may wait for a writer
     * @param patience how long a group that is not ready waits for more, when no other is being written
     */
    public record Bounds(int writers, int largestGroup, int waiting, Duration patience) {

        public Bounds(int writers, int largestGroup, int waiting) {
            this(writers, largestGroup, waiting, Duration.ofMillis(1));
        }
    }

    /** Whether a group is worth writing as it is, or should gather more. Asked under a lock, so it must answer at once. */
    @FunctionalInterface
    public interface Pace {

        /** For those who are waited for. */
        Pace AT_ONCE = (_, _) -> true;

        /**
         * @param waiting items, at least one
         * @param writing groups that are being written
         */
        boolean isReady(int waiting, int writing);
    }

    private record Item<T, R>(T value, CompletableFuture<R> outcome) {}
}
