package io.bascule.tasks;

import io.bascule.tasks.NewTask.Idempotency;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An ordinary instant echo task, to be changed where a test cares. */
public final class TaskBuilder {

    private final UUID id;
    private final UUID workspace;
    private Lane lane = Lane.INSTANT;
    private String queue = "";
    private String type = "echo";
    private String input = "{\"message\":\"hello\"}";
    private int priority;
    private @Nullable Instant runAt;
    private @Nullable Instant deadline;
    private RetryPolicy retry = RetryPolicy.NONE;
    private @Nullable String dedupe;
    private @Nullable String concurrencyKey;
    private @Nullable String replyTo;
    private @Nullable Idempotency idempotency;
    private @Nullable String callback;

    TaskBuilder(UUID id, UUID workspace) {
        this.id = id;
        this.workspace = workspace;
    }

    public TaskBuilder inQueue(String name) {
        lane = Lane.QUEUED;
        queue = name;
        return this;
    }

    public TaskBuilder type(String name) {
        type = name;
        return this;
    }

    public TaskBuilder input(String json) {
        input = json;
        return this;
    }

    public TaskBuilder priority(int value) {
        priority = value;
        return this;
    }

    public TaskBuilder runAt(Instant moment) {
        runAt = moment;
        return this;
    }

    public TaskBuilder deadline(Instant moment) {
        deadline = moment;
        return this;
    }

    public TaskBuilder failures(int most) {
        retry = new RetryPolicy(most, Duration.ZERO);
        return this;
    }

    public TaskBuilder dedupe(String word) {
        dedupe = word;
        return this;
    }

    public TaskBuilder key(String word) {
        concurrencyKey = word;
        return this;
    }

    public TaskBuilder replyTo(String address) {
        replyTo = address;
        return this;
    }

    public TaskBuilder callback(String url) {
        callback = url;
        return this;
    }

    public TaskBuilder idempotency(String key, String hash) {
        idempotency = new Idempotency(key, hash);
        return this;
    }

    public NewTask build() {
        return new NewTask(
                id,
                workspace,
                lane,
                queue,
                type,
                input,
                priority,
                runAt,
                deadline,
                retry,
                dedupe,
                concurrencyKey,
                Map.of(),
                new Submitter(new UUID(7, 7), "ada"),
                replyTo,
                idempotency,
                callback);
    }
}
