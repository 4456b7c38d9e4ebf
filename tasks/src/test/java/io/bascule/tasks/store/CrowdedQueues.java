package io.bascule.tasks.store;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Many queues at once, and a worker that claims from them, one claim after the other. */
final class CrowdedQueues {

    private final TaskStore store;
    private Tour tour = ClaimRequest.FROM_THE_START;
    private boolean more;

    CrowdedQueues(TaskStore store) {
        this.store = store;
    }

    /** A queue whose limit is 1 for each of the names, with so many tasks waiting, and as many running as are given. */
    void add(UUID workspace, List<String> names, int waiting, int running) {
        String[] all = names.toArray(String[]::new);
        store.database()
                .sql(
                        "insert into queues (workspace_id, name, running) select ?, name, ? from unnest(?::text[]) as name")
                .params(workspace, running, all)
                .update();
        wait(workspace, names, waiting, 0);
    }

    /** The first task of each queue is older than the second of any. */
    void wait(UUID workspace, List<String> names, int waiting, int priority) {
        store.database()
                .sql("""
                        insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures,
                            backoff_millis, labels, input, submitted_by, submitted_by_name)
                        select uuidv7(), ?, 'queued', name, 'echo', 'waiting', ?, now() + number * interval '1 us', 1, 0, '{}',
                            'null', gen_random_uuid(), 'ada'
                        from generate_series(1, ?) number cross join unnest(?::text[]) as name""")
                .params(workspace, priority, waiting, names.toArray(String[]::new))
                .update();
    }

    List<ClaimedTask> claim(int room) {
        Claimed claimed = store.claims()
                .claim(new ClaimRequest(Lane.QUEUED, "w", TaskStore.LEASE, room, room, Map.of(), tour, Map.of()));
        tour = claimed.tour();
        more = claimed.more();
        return claimed.tasks();
    }

    /** Claims until the worker would stop, or too often. */
    List<ClaimedTask> claimAll(int room, int most) {
        List<ClaimedTask> tasks = new ArrayList<>(claim(room));
        for (int claims = 1; more; claims++) {
            if (claims == most) {
                throw new AssertionError("there is more after " + most + " claims");
            }
            tasks.addAll(claim(room));
        }
        return tasks;
    }

    /** Claims until there is something, or the worker would stop. */
    List<ClaimedTask> claimUntilFound(int room) {
        List<ClaimedTask> tasks = claim(room);
        while (tasks.isEmpty() && more) {
            tasks = claim(room);
        }
        return tasks;
    }

    void settle(List<ClaimedTask> tasks) {
        store.settlements()
                .settle(tasks.stream()
                        .map(task -> new Settlement(
                                task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "null"))
                        .toList());
    }
}
