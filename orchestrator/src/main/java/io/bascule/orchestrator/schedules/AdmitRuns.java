package io.bascule.orchestrator.schedules;

import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.TaskTemplate;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.type.TaskCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides whether schedules' tasks would be accepted now, as the API decides it before it submits. Made anew for every pass, in
 * which it counts what it let in. Whether a queue is there is decided where the task is stored.
 */
final class AdmitRuns {

    private final TaskCatalogue catalogue;
    private final JdbcTasks tasks;
    private final int maxWaiting;
    private final Map<UUID, Integer> waiting = new HashMap<>();

    AdmitRuns(TaskCatalogue catalogue, JdbcTasks tasks, int maxWaiting) {
        this.catalogue = catalogue;
        this.tasks = tasks;
        this.maxWaiting = maxWaiting;
    }

    /** Why so many runs of a schedule are refused; empty when they are let in. */
    Optional<String> refusal(Schedule schedule, int runs) {
        if (runs == 0) {
            return Optional.empty();
        }
        TaskTemplate task = schedule.task();
        boolean known = catalogue
                .find(task.type())
                .filter(type -> type.lanes().contains(task.lane()))
                .isPresent();
        if (!known) {
            return Optional.of("There is no task type %s in the %s lane any more; change the schedule's task"
                    .formatted(task.type(), task.lane().word()));
        }
        return switch (task.lane()) {
            case INSTANT -> refusalOfInstant(schedule.workspace(), runs);
            case QUEUED -> Optional.empty();
        };
    }

    private Optional<String> refusalOfInstant(UUID workspace, int runs) {
        int before = waiting.computeIfAbsent(workspace, id -> tasks.waiting(id, maxWaiting));
        if (before + runs > maxWaiting) {
            return Optional.of(
                    "%d instant tasks of this workspace waited already (at most %d may)".formatted(before, maxWaiting));
        }
        waiting.put(workspace, before + runs);
        return Optional.empty();
    }
}
