package io.bascule.tasks.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the logs of a worker's attempts, on one thread (a platform thread, which handlers
 * that compute cannot keep from running), attempts in turn: one that says much delays another by one turn at
 * most. What waits is bounded for each attempt and for all together. Closes the store with itself.
 */
public final class LogWriter implements TaskLogs {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int LINES_A_TURN = 256;
    private static final long MOST_WAITING_BYTES = 16L << 20;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TO_END = Duration.ofSeconds(2);

    private final LogStore store;
    private final LogLimits limits;
    private final InstantSource clock;
    private final LogBudget budget = new LogBudget(MOST_WAITING_BYTES);
    /** Each attempt once; bounded by the budget, since every one in it has a line that waits. */
    private final BlockingQueue<BufferedLog> turns = new LinkedBlockingQueue<>();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean away;

    public LogWriter(LogStore store, LogLimits limits, InstantSource clock) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("task-log-writer").start(this::run);
    }

    @Override
    public AttemptLog open(LogKey task, int attempt) {
        return new BufferedLog(task, attempt, this, limits, clock);
    }

    /** Writes what waits, for a bounded time. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!thread.join(TO_END)) {
                thread.interrupt();
                boolean ended = thread.join(TO_END);
                LOG.debug("the writer of logs was interrupted and {}", ended ? "ended" : "goes on");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }

    LogBudget budget() {
        return budget;
    }

    /** Whether the store did not answer lately: nobody should wait for it. */
    boolean isAway() {
        return away;
    }

    void needsATurn(BufferedLog log) {
        turns.add(log);
    }

    private void run() {
        try {
            while (stopping.getCount() > 0 || !turns.isEmpty()) {
                BufferedLog log = turns.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (log != null) {
                    turn(log);
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("lines of logs that could not be written in time are lost");
        }
    }

    private void turn(BufferedLog log) throws InterruptedException {
        List<LogLine> lines = log.next(LINES_A_TURN);
        try {
            store.append(log.task(), lines);
            if (away) {
                LOG.info("logs of tasks are written again");
                away = false;
            }
            if (log.written(lines.size())) {
                turns.add(log);
            }
        } catch (RuntimeException failure) {
            if (!away) {
                LOG.warn("logs of tasks cannot be written; what does not fit is lost: {}", failure.getMessage());
                away = true;
            }
            turns.add(log);
            if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("no time to try again");
            }
        }
    }
}
