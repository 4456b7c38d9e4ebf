package io.bascule.tasks.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Logs in memory. {@link #away} makes it refuse everything, as a store does that cannot be reached. */
final class MemoryLogStore implements LogStore {

    private final Map<LogKey, SortedMap<LogPosition, LogLine>> logs = new ConcurrentHashMap<>();
    private final Map<LogKey, Long> touched = new ConcurrentHashMap<>();
    volatile boolean away;

    @Override
    public void append(LogKey log, List<LogLine> lines) {
        requireThere();
        touched.put(log, Math.max(touched.getOrDefault(log, 0L) + 1, System.currentTimeMillis()));
        var stored = logs.computeIfAbsent(log, _ -> new ConcurrentSkipListMap<>());
        for (LogLine line : lines) {
            if (stored.isEmpty() || line.at().isAfter(stored.lastKey())) {
                stored.put(line.at(), line);
            }
        }
    }

    @Override
    public List<LogLine> read(LogKey log, LogPosition after, int most) {
        requireThere();
        var stored = logs.getOrDefault(log, new ConcurrentSkipListMap<>());
        return new ArrayList<>(stored.tailMap(new LogPosition(after.attempt(), after.line() + 1))
                        .values())
                .stream().limit(most).toList();
    }

    @Override
    public List<OpenLog> open(Instant untouchedSince, int most) {
        requireThere();
        return touched.entrySet().stream()
                .filter(log -> log.getValue() <= untouchedSince.toEpochMilli())
                .sorted(Map.Entry.comparingByValue())
                .limit(most)
                .map(log -> new OpenLog(log.getKey(), log.getValue()))
                .toList();
    }

    @Override
    public void looked(OpenLog log, Instant now) {
        touched.replace(log.key(), log.touched(), now.toEpochMilli());
    }

    @Override
    public void archived(OpenLog log) {
        boolean closed = touched.remove(log.key(), log.touched());
        if (closed) {
            logs.remove(log.key());
        }
    }

    @Override
    public void close() {}

    private void requireThere() {
        if (away) {
            throw new LogsAwayException("away, as the test wants it");
        }
    }
}
