package io.bascule.benchmarks.tasks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What is done with an engine; {@code peers/bench.mjs} has the same steps. Each returns its figures. */
final class Phases {

    static final int CONCURRENCY = 50;
    private static final int BULK = 1_000;
    private static final int RATE = 100;
    private static final int SECONDS = Integer.getInteger("seconds", 10);
    private static final int JOBS = Integer.getInteger("jobs", 20_000);
    private static final int WARM = Integer.getInteger("warm", 20_000);
    private static final int CROWD = 50_000;
    private static final int BEHIND = 100;
    private static final double SECOND = 1e9;

    private final Engine engine;

    Phases(Engine engine) {
        this.engine = engine;
    }

    /** Accepted per second: one by one, 50 at once, a thousand in a call. */
    Map<String, Double> accept() throws InterruptedException {
        engine.reset();
        addAll(WARM);
        addFor(500, 1);
        engine.reset();
        double single = addFor(2_000, 1);
        engine.reset();
        double together = addFor(JOBS, 50);
        engine.reset();
        long start = System.nanoTime();
        addAll(JOBS);
        double bulk = JOBS / seconds(start);
        engine.reset();
        return Map.of("single", single, "together", together, "bulk", bulk);
    }

    /** Adds this many by so many threads, but for no longer than ten seconds; returns how many a second. */
    private double addFor(int number, int threads) {
        var added = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService adders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int adder = 0; adder < threads; adder++) {
                adders.execute(() -> {
                    while (added.get() < number && seconds(start) < 10) {
                        added.incrementAndGet();
                        engine.add(Job.PLAIN);
                    }
                });
            }
        }
        return added.get() / seconds(start);
    }

    /** Processed per second of jobs that wait already: until the last handler ran, and until nothing is left. */
    Map<String, Double> process() throws InterruptedException {
        engine.reset();
        warmUp();
        addAll(JOBS);
        var done = new AtomicInteger();
        var first = new AtomicLong();
        var last = new AtomicLong();
        var all = new CountDownLatch(1);
        Engine.Worker worker = engine.start(_ -> {
            int number = done.incrementAndGet();
            if (number == 1) {
                first.set(System.nanoTime());
            }
            if (number == JOBS) {
                last.set(System.nanoTime());
                all.countDown();
            }
        });
        all.await();
        drain();
        double drained = JOBS / seconds(first.get());
        worker.stop();
        return Map.of("handled", JOBS * SECOND / (last.get() - first.get()), "drained", drained);
    }

    private void warmUp() throws InterruptedException {
        Engine.Worker warm = engine.start(_ -> {});
        addAll(WARM);
        drain();
        warm.stop();
    }

    /** From submit to handler at a hundred a second, the worker being another process. The first second does not count. */
    Map<String, Double> pickUp(WorkerProcess worker, double slowPart) throws InterruptedException, IOException {
        engine.reset();
        worker.awaitReady();
        addAll(WARM);
        drain();
        int slowEvery = slowPart > 0 ? (int) Math.round(1 / slowPart) : Integer.MAX_VALUE;
        long start = System.nanoTime();
        try (ExecutorService adders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < RATE * SECONDS; number++) {
                waitUntil(start + (long) (number * SECOND / RATE));
                boolean slow = slowPart > 0 && number % slowEvery == 0;
                boolean counts = number >= RATE;
                adders.execute(() -> engine.add(new Job(counts ? System.nanoTime() : 0, slow, 0)));
            }
        }
        drain();
        return Percentiles.of(worker.stopAndRead());
    }

    /** How long the jobs of one workspace wait while 50,000 of another do. */
    Map<String, Double> fair() throws InterruptedException {
        engine.reset();
        warmUp();
        addAll(CROWD);
        var nanos = Collections.synchronizedList(new ArrayList<Long>());
        Engine.Worker worker = engine.start(recording(nanos));
        long start = System.nanoTime();
        try (ExecutorService adders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < BEHIND; number++) {
                waitUntil(start + (long) (number * SECOND / RATE));
                adders.execute(() -> engine.add(new Job(System.nanoTime(), false, 1)));
            }
        }
        drain();
        worker.stop();
        return Percentiles.of(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /** The worker of {@link #pickUp}: says that it is ready, works until it is told to stop, says how long each job took. */
    static void work(Engine engine, WorkerProcess.Parent parent) throws InterruptedException, IOException {
        var nanos = Collections.synchronizedList(new ArrayList<Long>());
        Consumer<Job> record = recording(nanos);
        Engine.Worker worker = engine.start(job -> {
            record.accept(job);
            if (job.slow()) {
                waitUntil(System.nanoTime() + (long) SECOND);
            }
        });
        parent.ready();
        parent.awaitStop();
        parent.tell(List.copyOf(nanos));
        worker.stop();
    }

    private static Consumer<Job> recording(List<Long> nanos) {
        return job -> {
            if (job.sentAt() != 0) {
                nanos.add(System.nanoTime() - job.sentAt());
            }
        };
    }

    void addAll(int number) {
        for (int added = 0; added < number; added += BULK) {
            engine.addAll(Collections.nCopies(Math.min(BULK, number - added), Job.PLAIN));
        }
    }

    void drain() {
        long start = System.nanoTime();
        while (engine.left() > 0) {
            if (seconds(start) > 60) {
                throw new IllegalStateException("not drained within a minute");
            }
            waitUntil(System.nanoTime() + 10_000_000);
        }
    }

    static void waitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / SECOND;
    }
}
