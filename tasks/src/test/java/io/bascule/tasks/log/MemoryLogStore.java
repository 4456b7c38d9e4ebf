package io.bascule.tasks.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Logs in memory. {@link #away} makes it refuse everything, as a store does that cannot be reached. */
final class MemoryLogStore implements LogStore {

    private final Map<LogKey, SortedMap<LogPosition, LogLine>> logs = new ConcurrentHashMap<>();
    volatile boolean away;

    @Override
    public void append(LogKey log, List<LogLine> lines) {
        requireThere();
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
    public void close() {}

    private void requireThere() {
        if (away) {
            throw new LogsAwayException("away, as the test wants it");
        }
    }
}
