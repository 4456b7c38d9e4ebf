package io.bascule.tasks.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes in groups. While one group commits, the next gathers, so a lone item waits for nothing and a crowd shares one
 * transaction. Safe for use by many threads; each of its writers is a thread. When a group is refused for its data, its items
 * are written one by one, so that only the bad one fails.
 *
 * @param <T> what is written
 * @param <R> what its sender learns
 */
public class GroupCommit<T, R> implements AutoCloseable {

    private static final Duration SOON = Duration.ofNanos(200_000);
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(1);

    private final Function<List<T>, List<R>> write;
    private final int largestGroup;
    private final BooleanSupplier company;
    private final BlockingQueue<Item<T, R>> queue;
    private final List<Thread> writers;
    private volatile boolean closed;

    /**
     * Starts the writers.
     *
     * @param write stores a group in one transaction and returns one outcome an item, in order
     * @param bounds how many writers, items a group, items that may wait
     */
    public GroupCommit(String name, Function<List<T>, List<R>> write, Bounds bounds) {
        this(name, write, bounds, () -> false);
    }

    /** @param company whether more items are on their way: a group waits a moment for them */
    public GroupCommit(String name, Function<List<T>, List<R>> write, Bounds bounds, BooleanSupplier company) {
        this.write = write;
        this.company = company;
        this.largestGroup = bounds.largestGroup();
        this.queue = new ArrayBlockingQueue<>(bounds.waiting());
        this.writers = IntStream.range(0, bounds.writers())
                .mapToObj(number -> Thread.ofVirtual().name(name + "-" + number).start(this::run))
                .toList();
    }

    /**
     * Hands an item over; the future completes after the commit, or with its failure.
     *
     * @throws GroupCommitFull when too many wait already, or after closing
     */
    public CompletableFuture<R> submit(T value) {
        var item = new Item<T, R>(value, new CompletableFuture<>());
        if (closed || !queue.offer(item)) {
            throw new GroupCommitFull(queue.size());
        }
        return item.outcome();
    }

    /** Writes what waits, then stops. */
    @Override
    public void close() {
        closed = true;
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
            while (!closed || !queue.isEmpty()) {
                Item<T, R> first = queue.poll(50, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(gather(first));
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** As long as one comes soon after the other, but not for ever. */
    private List<Item<T, R>> gather(Item<T, R> first) throws InterruptedException {
        List<Item<T, R>> group = new ArrayList<>();
        long start = System.nanoTime();
        for (Item<T, R> next = first; next != null; next = next(group.size(), start)) {
            group.add(next);
            queue.drainTo(group, largestGroup - group.size());
        }
        return group;
    }

    private @Nullable Item<T, R> next(int gathered, long start) throws InterruptedException {
        boolean patient = gathered < largestGroup
                && company.getAsBoolean()
                && System.nanoTime() - start < LONGEST_GATHERING.toNanos();
        return patient ? queue.poll(SOON.toNanos(), TimeUnit.NANOSECONDS) : null;
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

    private static <T, R> void fail(List<Item<T, R>> group, RuntimeException failure) {
        group.forEach(item -> item.outcome().completeExceptionally(failure));
    }

    /**
     * How much is written at once and how much may wait.
     *
     * @param writers transactions at the same time
     * @param largestGroup items in one transaction
     * @param waiting items that may wait for a writer
     */
    public record Bounds(int writers, int largestGroup, int waiting) {}

    private record Item<T, R>(T value, CompletableFuture<R> outcome) {}
}
