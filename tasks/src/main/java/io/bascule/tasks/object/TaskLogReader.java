package io.bascule.tasks.object;

import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import io.bascule.tasks.log.LogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a task's log wherever its parts are: what was archived first, then what is still in the store of live logs. */
public final class TaskLogReader {

    private static final LogPosition FIRST = new LogPosition(1, 1);

    private final LogStore live;
    private final @Nullable LogArchive archive;

    /** @param archive null where there is none */
    public TaskLogReader(LogStore live, @Nullable LogArchive archive) {
        this.live = live;
        this.archive = archive;
    }

    /** The first lines after a position, at most so many, in order. */
    public List<LogLine> read(LogKey log, LogPosition after, int most) {
        if (archive == null || liveHoldsAllAfter(log, after)) {
            return live.read(log, after, most);
        }
        List<LogLine> lines = new ArrayList<>(archive.read(log, after, most));
        if (lines.size() < most) {
            LogPosition last = lines.isEmpty() ? after : lines.getLast().at();
            lines.addAll(live.read(log, last, most - lines.size()));
        }
        return List.copyOf(lines);
    }

    /** Only what is said from now on, without a look into the archive. */
    public List<LogLine> readLive(LogKey log, LogPosition after, int most) {
        return live.read(log, after, most);
    }

    private boolean liveHoldsAllAfter(LogKey log, LogPosition after) {
        Optional<LogPosition> first =
                live.read(log, LogPosition.START, 1).stream().map(LogLine::at).findFirst();
        return first.isPresent() && (first.get().equals(FIRST) || !first.get().isAfter(after));
    }
}
