package io.bascule.tasks.object;

import io.bascule.tasks.log.LogStore;
import io.bascule.tasks.log.LogStore.OpenLog;
import io.bascule.tasks.store.JdbcTasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Moves the logs of ended tasks into the archive. Doing it twice does no harm; a log that was written to meanwhile is archived
 * again.
 */
public final class ArchiveLogs {

    /** So long after its last line (or the last look) a log is looked at: its task has most likely ended, or goes on. */
    static final Duration QUIET = Duration.ofSeconds(5);

    private static final int LOOKED_AT = 500;
    private static final int ARCHIVED = 50;
    private static final int MOST_LINES = 200_000;
    private static final int PAGE = 2_000;

    private final LogStore logs;
    private final JdbcTasks tasks;
    private final WholeLog whole;
    private final InstantSource clock;

    public ArchiveLogs(LogStore logs, JdbcTasks tasks, LogArchive archive, InstantSource clock) {
        this(logs, tasks, new WholeLog(new TaskLogReader(logs, archive), archive, MOST_LINES, PAGE), clock);
    }

    ArchiveLogs(LogStore logs, JdbcTasks tasks, WholeLog whole, InstantSource clock) {
        this.logs = logs;
        this.tasks = tasks;
        this.whole = whole;
        this.clock = clock;
    }

    /** Looks at the logs that were quiet for a while; says whether there are more. */
    public boolean step() {
        List<OpenLog> open = logs.open(clock.instant().minus(QUIET), LOOKED_AT);
        if (open.isEmpty()) {
            return false;
        }
        Set<UUID> ended = new HashSet<>(
                tasks.ended(open.stream().map(log -> log.key().task()).toList()));
        int archived = 0;
        for (OpenLog log : open) {
            if (!ended.contains(log.key().task())) {
                logs.looked(log, clock.instant());
            } else if (archived < ARCHIVED) {
                archiveOrPutOff(log);
                archived++;
            }
        }
        return archived == ARCHIVED || open.size() == LOOKED_AT;
    }

    /** One that fails comes last from now on, so that it does not hold up the others. */
    private void archiveOrPutOff(OpenLog log) {
        try {
            archive(log);
        } catch (RuntimeException failure) {
            logs.looked(log, clock.instant());
            throw failure;
        }
    }

    private void archive(OpenLog log) {
        whole.copy(log.key());
        logs.archived(log);
    }
}
