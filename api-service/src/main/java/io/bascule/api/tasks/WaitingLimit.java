package io.bascule.api.tasks;

import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.store.JdbcTasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Refuses instant tasks early when a workspace has too many waiting. Counted once a second and workspace, and by what this pod
 * adds meanwhile, so the limit is kept closely rather than exactly.
 */
@Component
class WaitingLimit {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST_WORKSPACES = 10_000;

    private final JdbcTasks tasks;
    private final InstantSource clock;
    private final int most;
    private final Map<UUID, Count> counts = new ConcurrentHashMap<>();

    WaitingLimit(JdbcTasks tasks, InstantSource clock, TaskProperties properties) {
        this.tasks = tasks;
        this.clock = clock;
        this.most = properties.maxWaiting();
    }

    void admit(NewTask task) {
        if (task.lane() == Lane.INSTANT && count(task.workspace()).waiting().getAndIncrement() >= most) {
            throw ProblemException.retryable(
                    TaskProblem.TOO_MANY_WAITING,
                    "%d instant tasks of this workspace wait already; submit again when some have run".formatted(most),
                    FRESH);
        }
    }

    private Count count(UUID workspace) {
        Instant now = clock.instant();
        Count known = counts.get(workspace);
        if (known != null && now.isBefore(known.until())) {
            return known;
        }
        if (counts.size() >= MOST_WORKSPACES) {
            counts.clear();
        }
        var counted = new Count(new AtomicInteger(tasks.waiting(workspace, most)), now.plus(FRESH));
        counts.put(workspace, counted);
        return counted;
    }

    private record Count(AtomicInteger waiting, Instant until) {}
}
