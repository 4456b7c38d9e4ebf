package io.bascule.benchmarks.tasks;

import java.util.List;
import java.util.function.Consumer;

/** A task engine under test. {@link #add} may be called by many threads. */
interface Engine extends AutoCloseable {

    /** Forgets all jobs. */
    void reset();

    /** Returns when the job is durable. */
    void add(Job job);

    void addAll(List<Job> jobs);

    /** Starts a worker that runs 50 jobs at once. */
    Worker start(Consumer<Job> handler);

    /** How many jobs have not ended. */
    int left();

    @Override
    void close();

    /** A running worker. */
    @FunctionalInterface
    interface Worker {
        void stop() throws InterruptedException;
    }
}
