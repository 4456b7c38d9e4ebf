package io.bascule.tasks.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** An attempt's lines on their way to the store: cleaned, numbered, and no more of them than its limits allow. */
final class BufferedLog implements AttemptLog {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int LINES_A_REST = 64;
    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final LogKey task;
    private final int attempt;
    private final LogWriter writer;
    private final LogLimits limits;
    private final InstantSource clock;
    private final SecretMask mask = new SecretMask();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<LogLine> waiting = new ArrayDeque<>();
    private final KeptPart kept;
    private int waitingBytes;
    private long number;
    private long lost;
    private boolean queued;
    private boolean finished;

    BufferedLog(LogKey task, int attempt, LogWriter writer, LogLimits limits, InstantSource clock) {
        this.task = task;
        this.attempt = attempt;
        this.writer = writer;
        this.limits = limits;
        this.clock = clock;
        this.kept = new KeptPart(limits);
    }

    @Override
    public void add(LogLevel level, String text) {
        Instant now = clock.instant();
        (text.isEmpty() ? List.of("").stream() : text.lines()).forEach(line -> addLine(now, level, line));
    }

    @Override
    public void mask(String secret) {
        mask.add(secret);
    }

    @Override
    public String masked(String text) {
        return mask.apply(text);
    }

    @Override
    public void finish() {
        lock.lock();
        try {
            if (!finished) {
                finished = true;
                addLast();
            }
            awaitWritten();
        } finally {
            lock.unlock();
        }
    }

    LogKey task() {
        return task;
    }

    /** The next lines to write, oldest first; {@link #written} when they are. */
    List<LogLine> next(int most) {
        lock.lock();
        try {
            return waiting.stream().limit(most).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first lines off; says whether more wait, for which the log needs another turn. */
    boolean written(int count) {
        lock.lock();
        try {
            for (int line = 0; line < count; line++) {
                int bytes = cost(waiting.removeFirst());
                waitingBytes -= bytes;
                writer.budget().giveBack(bytes);
            }
            queued = !waiting.isEmpty();
            moved.signalAll();
            return queued;
        } finally {
            lock.unlock();
        }
    }

    private void addLine(Instant now, LogLevel level, String raw) {
        lock.lock();
        try {
            if (finished) {
                return;
            }
            if (!kept.isFull()) {
                String text = clean(raw);
                if (kept.takes(CleanText.bytes(text))) {
                    addWhenThereIsRoom(now, level, text);
                    return;
                }
                addWhenThereIsRoom(now, LogLevel.WARN, fullNotice());
            }
            kept.late(now, level, raw);
            if (kept.lateLines() % LINES_A_REST != 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        // Attempts share a few carrier threads, which one that never waits would keep. A mere yield does not help: a
        // carrier
        // goes on with what has yielded on it.
        LockSupport.parkNanos(REST_NANOS);
    }

    private String clean(String raw) {
        return CleanText.cut(mask.apply(CleanText.clean(raw)), limits.lineBytes());
    }

    private void addWhenThereIsRoom(Instant now, LogLevel level, String text) {
        if (!awaitRoom()) {
            lost++;
            return;
        }
        if (lost > 0) {
            long missing = lost;
            lost = 0;
            enqueue(
                    now,
                    LogLevel.WARN,
                    "%,d lines are missing here: the store of the logs was away".formatted(missing));
        }
        enqueue(now, level, text);
    }

    private boolean awaitRoom() {
        long left = PATIENCE.toNanos();
        while (isCrowded() && !writer.isAway() && left > 0) {
            try {
                left -= LOOK_NANOS - Math.max(0, moved.awaitNanos(LOOK_NANOS));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !isCrowded();
    }

    private boolean isCrowded() {
        return waiting.size() >= limits.bufferedLines() || waitingBytes >= limits.bufferedBytes();
    }

    private void addLast() {
        Instant now = clock.instant();
        if (kept.leftOut() > 0) {
            enqueue(now, LogLevel.WARN, "%,d lines are left out here".formatted(kept.leftOut()));
        }
        kept.last().forEach(late -> enqueue(late.time(), late.level(), clean(late.text())));
        if (lost > 0) {
            enqueue(now, LogLevel.WARN, "%,d lines are missing: the store of the logs was away".formatted(lost));
        }
    }

    private void enqueue(Instant time, LogLevel level, String text) {
        var line = new LogLine(new LogPosition(attempt, number + 1), time, level, text);
        if (!writer.budget().take(cost(line))) {
            lost++;
            return;
        }
        number++;
        waiting.addLast(line);
        waitingBytes += cost(line);
        if (!queued) {
            queued = true;
            writer.needsATurn(this);
        }
    }

    private void awaitWritten() {
        long left = PATIENCE.toNanos();
        while (!waiting.isEmpty() && !writer.isAway() && left > 0) {
            try {
                left -= LOOK_NANOS - Math.max(0, moved.awaitNanos(LOOK_NANOS));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private String fullNotice() {
        return "The log is full (%,d lines or %,d KiB of an attempt are kept): of what follows, the last %,d lines"
                .formatted(limits.lines(), limits.bytes() / 1_024, limits.lastLines());
    }

    private static int cost(LogLine line) {
        return CleanText.bytes(line.text()) + LogBudget.LINE;
    }
}
