package io.bascule.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the platform promised and what its own records say came of it. Proves from them that every accepted task ended exactly
 * once and no attempt ran beside another (ARCHITECTURE.md, invariant 5), that limits were kept (6) and that no event was told
 * to another workspace (9).
 *
 * @param accepted the ids that submits were answered with
 * @param ended the history
 * @param events of all these tasks, in the order in which their writers had the locks
 */
public record TaskLedger(Set<UUID> accepted, List<Ended> ended, List<Event> events) {

    private static final int MOST_SHOWN = 20;
    private static final int ROWS = 10_000;

    private static final String EVENTS = """
            select subject, workspace_id, split_part(type, '.', 4) as kind, coalesce((data->>'attempt')::int, 0) as attempt
            from outbox_events where type like 'io.bascule.task.%' order by seq, position""";

    private static final String HISTORY =
            "select id, workspace_id, queue, concurrency_key, state, attempt, losses from task_history";

    public TaskLedger {
        accepted = Set.copyOf(accepted);
        ended = List.copyOf(ended);
        events = List.copyOf(events);
    }

    /** What a database says of all its tasks. */
    public static TaskLedger read(Connection database, Set<UUID> accepted) throws SQLException {
        List<Ended> ended = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        // In a transaction, so that the driver fetches rows as they are read and does not hold millions of them.
        database.setAutoCommit(false);
        try (Statement statement = database.createStatement()) {
            statement.setFetchSize(ROWS);
            ResultSet row = statement.executeQuery(HISTORY);
            while (row.next()) {
                ended.add(new Ended(
                        row.getObject("id", UUID.class),
                        row.getObject("workspace_id", UUID.class),
                        row.getString("queue"),
                        row.getString("concurrency_key"),
                        row.getString("state"),
                        row.getInt("attempt"),
                        row.getInt("losses")));
            }
            row = statement.executeQuery(EVENTS);
            while (row.next()) {
                events.add(new Event(
                        UUID.fromString(row.getString("subject")),
                        row.getObject("workspace_id", UUID.class),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getInt("attempt")));
            }
        }
        return new TaskLedger(accepted, ended, events);
    }

    /**
     * A task in the history.
     *
     * @param queue empty in the instant lane
     */
    public record Ended(
            UUID task,
            UUID workspace,
            String queue,
            @Nullable String key,
            String state,
            int attempt,
            int losses) {}

    /** What happened to a task; the attempt is 0 when it was accepted. */
    public record Event(UUID task, UUID workspace, Kind kind, int attempt) {}

    public enum Kind {
        ACCEPTED,
        STARTED,
        POSTPONED,
        FINISHED
    }

    /**
     * Everything that breaks a promise, as sentences, the first few; empty when nothing does.
     *
     * @param limits how many of a queue's tasks may run at once
     * @param keyLimit how many of those with the same concurrency key
     */
    public List<String> violations(Map<String, Integer> limits, int keyLimit) {
        List<String> found = new ArrayList<>();
        Map<UUID, Ended> byId = endedOnce(found);
        accepted.stream()
                .filter(task -> !byId.containsKey(task))
                .forEach(task -> found.add("%s was accepted and has not ended".formatted(task)));
        byId.keySet().stream()
                .filter(task -> !accepted.contains(task))
                .forEach(task -> found.add("%s ended and was not accepted".formatted(task)));
        Map<UUID, List<Event>> lives = events.stream().collect(Collectors.groupingBy(Event::task));
        byId.values().forEach(task -> checkLife(task, lives.getOrDefault(task.task(), List.of()), found));
        checkLimits(byId, limits, keyLimit, found);
        return found.stream().limit(MOST_SHOWN).toList();
    }

    /** How many attempts were taken back from workers that were lost. */
    public int losses() {
        return ended.stream().mapToInt(Ended::losses).sum();
    }

    /** How often each kind of event happened. */
    public Map<Kind, Long> counts() {
        return events.stream().collect(Collectors.groupingBy(Event::kind, Collectors.counting()));
    }

    public long count(Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).count();
    }

    private Map<UUID, Ended> endedOnce(List<String> found) {
        Map<UUID, Ended> byId = new HashMap<>();
        for (Ended task : ended) {
            if (byId.put(task.task(), task) != null) {
                found.add("%s ended twice".formatted(task.task()));
            }
        }
        return byId;
    }

    /** Accepted once; then attempts 1, 2, 3 and so on, each over before the next; finished once, at the end. */
    private static void checkLife(Ended task, List<Event> life, List<String> found) {
        int attempt = 0;
        Kind last = null;
        for (Event event : life) {
            boolean allowed = switch (event.kind()) {
                case ACCEPTED -> last == null;
                case STARTED -> (last == Kind.ACCEPTED || last == Kind.POSTPONED) && event.attempt() == attempt + 1;
                case POSTPONED -> last == Kind.STARTED && event.attempt() == attempt;
                case FINISHED -> last != null && last != Kind.FINISHED && event.attempt() == attempt;
            };
            if (!allowed) {
                found.add("%s: %s of attempt %d after %s of attempt %d"
                        .formatted(task.task(), event.kind(), event.attempt(), last, attempt));
            }
            if (!event.workspace().equals(task.workspace())) {
                found.add("%s: an event of it went to workspace %s".formatted(task.task(), event.workspace()));
            }
            attempt = event.attempt();
            last = event.kind();
        }
        if (last != Kind.FINISHED || attempt != task.attempt()) {
            found.add("%s: its events end with %s of attempt %d, its history with attempt %d"
                    .formatted(task.task(), last, attempt, task.attempt()));
        }
    }

    private void checkLimits(Map<UUID, Ended> byId, Map<String, Integer> limits, int keyLimit, List<String> found) {
        Map<String, Set<UUID>> running = new HashMap<>();
        for (Event event : events) {
            Ended task = byId.get(event.task());
            if (task != null && !task.queue().isEmpty()) {
                int most = limits.getOrDefault(task.queue(), 1);
                step(running, "queue " + task.queue(), event, most, found);
                if (task.key() != null) {
                    step(running, "key %s of %s".formatted(task.key(), task.queue()), event, keyLimit, found);
                }
            }
        }
    }

    private static void step(Map<String, Set<UUID>> running, String place, Event event, int most, List<String> found) {
        Set<UUID> inside = running.computeIfAbsent(place, _ -> new HashSet<>());
        switch (event.kind()) {
            case ACCEPTED -> {}
            case STARTED -> {
                inside.add(event.task());
                if (inside.size() > most) {
                    found.add("%d tasks ran in %s, which allows %d".formatted(inside.size(), place, most));
                }
            }
            case POSTPONED, FINISHED -> inside.remove(event.task());
        }
    }
}
