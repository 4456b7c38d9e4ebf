package io.bascule.tasks.object;

import io.bascule.storage.ObjectKey;
import io.bascule.storage.ObjectStorage;
import io.bascule.tasks.store.JdbcLargeResults;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Removes the objects of tasks that are gone, so that retention is decided in one place. Walks through the keys of earlier days,
 * a page at a time; a task's object is never removed on the day of the task, when its row may not be there yet.
 */
public final class SweepObjects {

    private static final Duration YOUNG = Duration.ofDays(2);
    private static final int PAGE = 500;

    private final ObjectStorage storage;
    private final JdbcLargeResults results;
    private final InstantSource clock;
    private final Map<String, ObjectKey> walked = new ConcurrentHashMap<>();

    public SweepObjects(ObjectStorage storage, JdbcLargeResults results, InstantSource clock) {
        this.storage = storage;
        this.results = results;
        this.clock = clock;
    }

    /** A page of each kind; says whether there is more to walk through now. */
    public boolean step() {
        boolean moreResults = sweep(TaskObjects.RESULTS);
        boolean moreLogs = sweep(TaskObjects.LOGS);
        return moreResults || moreLogs;
    }

    private boolean sweep(String kind) {
        @Nullable ObjectKey after = walked.get(kind);
        List<ObjectKey> page = storage.list(kind, after, PAGE);
        List<ObjectKey> old = page.stream().filter(this::isOld).toList();
        Set<UUID> tasks = new HashSet<>();
        old.forEach(key -> TaskObjects.task(key).ifPresent(tasks::add));
        Set<UUID> gone = results.gone(tasks);
        // In this order: a row whose object is gone would not be found again.
        results.forget(gone);
        old.stream()
                .filter(key -> TaskObjects.task(key).filter(gone::contains).isPresent())
                .forEach(storage::delete);
        boolean more = page.size() == PAGE && old.size() == PAGE;
        if (more) {
            walked.put(kind, page.getLast());
        } else {
            walked.remove(kind);
        }
        return more;
    }

    private boolean isOld(ObjectKey key) {
        LocalDate youngest = clock.instant().minus(YOUNG).atZone(ZoneOffset.UTC).toLocalDate();
        return TaskObjects.task(key)
                .map(TaskObjects::day)
                .filter(day -> day.isBefore(youngest))
                .isPresent();
    }
}
