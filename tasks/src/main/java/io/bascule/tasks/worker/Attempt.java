package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.Task.Progress;
import io.bascule.tasks.log.AttemptLog;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.store.JdbcLeases.Held;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One attempt at a task, from its claim until it is settled. */
final class Attempt implements TaskContext {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int LONGEST_MESSAGE = 500;
    private static final int LARGEST_CHECKPOINT = 256 << 10;
    private static final int MOST_SECRETS = 256 << 10;

    private final ClaimedTask claimed;
    private final InstantSource clock;
    private final AttemptLog log;
    private final Checkpoints checkpoints;
    private final TaskSecrets secrets;
    private final Set<String> opened = new HashSet<>();
    private long openedBytes;
    private final Instant claimedAtHere;
    private final OptionalLong deadlineHere;
    private final AtomicReference<@Nullable StopReason> stop = new AtomicReference<>();
    private volatile @Nullable Progress progress;
    private volatile @Nullable JsonNode input;
    private volatile @Nullable JsonNode checkpoint;
    private @Nullable Thread thread;
    private boolean returned;

    Attempt(ClaimedTask claimed, InstantSource clock, TaskLogs logs, Checkpoints checkpoints, TaskSecrets secrets) {
        this.secrets = secrets;
        this.claimed = claimed;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.log = logs.open(new LogKey(claimed.workspace(), claimed.id()), claimed.attempt());
        this.claimedAtHere = clock.instant();
        Instant deadline = claimed.standing().deadline();
        this.deadlineHere = deadline == null
                ? OptionalLong.empty()
                : OptionalLong.of(System.nanoTime()
                        + Duration.between(claimed.claimedAt(), deadline).toNanos());
    }

    ClaimedTask claimed() {
        return claimed;
    }

    /** Now by the database's clock, as far as this worker can tell. */
    Instant databaseTime() {
        return claimed.claimedAt().plus(Duration.between(claimedAtHere, clock.instant()));
    }

    /** Called on the thread that will run the handler. A stop that came before takes effect at once. */
    synchronized void begin() {
        thread = Thread.currentThread();
        if (stop.get() != null) {
            thread.interrupt();
        }
    }

    /** Called when the handler has returned: from now on nothing interrupts the thread. */
    synchronized void end() {
        returned = true;
        boolean cleared = Thread.interrupted();
        if (cleared) {
            LOG.trace("the handler of {} returned while it was being stopped", task());
        }
    }

    /** The first reason counts. */
    synchronized void stop(StopReason reason) {
        if (!returned && stop.compareAndSet(null, reason) && thread != null) {
            thread.interrupt();
        }
    }

    @Nullable
    StopReason stopReason() {
        return stop.get();
    }

    /** When its time is over, as a moment of {@link System#nanoTime()}. */
    OptionalLong deadlineHere() {
        return deadlineHere;
    }

    Held held() {
        return new Held(task(), attempt(), progress);
    }

    @Override
    public UUID task() {
        return claimed.id();
    }

    @Override
    public UUID workspace() {
        return claimed.workspace();
    }

    @Override
    public int attempt() {
        return claimed.attempt();
    }

    @Override
    public JsonNode input() {
        JsonNode read = input;
        if (read == null) {
            read = JsonMapper.shared().readTree(claimed.input());
            input = read;
        }
        return Objects.requireNonNull(read);
    }

    @Override
    public Submitter submittedBy() {
        return claimed.submittedBy();
    }

    @Override
    public Optional<Duration> remaining() {
        return Optional.ofNullable(claimed.standing().deadline())
                .map(deadline -> Duration.between(databaseTime(), deadline));
    }

    @Override
    public boolean stopping() {
        return stop.get() != null;
    }

    @Override
    public Optional<JsonNode> checkpoint() {
        JsonNode read = checkpoint;
        if (read == null && claimed.checkpoint() != null) {
            read = JsonMapper.shared().readTree(claimed.checkpoint());
            checkpoint = read;
        }
        return Optional.ofNullable(read);
    }

    @Override
    public void checkpoint(JsonNode state) throws TaskFailure {
        String json = state.toString();
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST_CHECKPOINT) {
            throw new IllegalArgumentException(
                    "checkpoint: %d bytes (expected: at most %d)".formatted(size, LARGEST_CHECKPOINT));
        }
        if (!checkpoints.save(task(), attempt(), json)) {
            stop(StopReason.LOST);
            throw TaskFailure.retryable("lost", "Another attempt holds this task now");
        }
        checkpoint = state;
    }

    @Override
    public void progress(int percent, String message) {
        String clean = log.masked(message.replace('\0', ' '));
        String cut = clean.length() > LONGEST_MESSAGE ? clean.substring(0, LONGEST_MESSAGE) : clean;
        progress = new Progress(Math.clamp(percent, 0, 100), cut);
    }

    @Override
    public void log(LogLevel level, String text) {
        log.add(level, text);
    }

    @Override
    public Map<String, String> secrets(Set<String> names) throws TaskFailure, InterruptedException {
        Map<String, String> values = names.isEmpty() ? Map.of() : secrets.open(this, names);
        count(values);
        values.values().forEach(log::mask);
        return values;
    }

    /** Each of them is looked for in each line of the log. */
    private synchronized void count(Map<String, String> values) throws TaskFailure {
        for (var value : values.entrySet()) {
            if (opened.add(value.getKey())) {
                openedBytes += value.getValue().getBytes(StandardCharsets.UTF_8).length;
            }
        }
        if (openedBytes > MOST_SECRETS) {
            throw TaskFailure.forGood(
                    "secrets-too-large",
                    "The secrets of this task have %d bytes together (expected: at most %d); use fewer or shorter ones"
                            .formatted(openedBytes, MOST_SECRETS));
        }
    }

    @Override
    public void mask(String secret) {
        log.mask(secret);
    }

    AttemptLog log() {
        return log;
    }
}
