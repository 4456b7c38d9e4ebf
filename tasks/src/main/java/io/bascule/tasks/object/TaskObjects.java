package io.bascule.tasks.object;

import io.bascule.storage.ObjectKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of tasks' objects: by kind, then by the day on which the task was accepted, so that what is old lies together. */
public final class TaskObjects {

    public static final String RESULTS = "task-results/";
    public static final String LOGS = "task-logs/";

    private static final Pattern KEY = Pattern.compile(
            "(?:task-results|task-logs)/(\\d{4}-\\d{2}-\\d{2})/[0-9a-f-]{36}/([0-9a-f-]{36})(?:/\\d+\\.json|\\.jsonl\\.gz)");

    private TaskObjects() {}

    /** The result of an attempt. */
    public static ObjectKey result(UUID workspace, UUID task, int attempt) {
        return new ObjectKey("%s%s/%s/%s/%d.json".formatted(RESULTS, day(task), workspace, task, attempt));
    }

    /** The log of all attempts. */
    public static ObjectKey log(UUID workspace, UUID task) {
        return new ObjectKey("%s%s/%s/%s.jsonl.gz".formatted(LOGS, day(task), workspace, task));
    }

    /** Whose object it is; empty when it is not one of ours. */
    public static Optional<UUID> task(ObjectKey key) {
        Matcher parts = KEY.matcher(key.text());
        return parts.matches() ? Optional.of(UUID.fromString(parts.group(2))) : Optional.empty();
    }

    /** The day (UTC) in a task's id, a UUIDv7. */
    static LocalDate day(UUID task) {
        return Instant.ofEpochMilli(task.getMostSignificantBits() >>> 16)
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }
}
