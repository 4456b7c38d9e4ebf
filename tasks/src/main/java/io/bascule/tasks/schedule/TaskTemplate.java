package io.bascule.tasks.schedule;

import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Submitter;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The task that a schedule submits; it has been checked as a submitted one is.
 *
 * @param queue empty in the instant lane
 * @param input JSON
 * @param concurrencyKey of each of its tasks, if they have one
 * @param callback the address that is told of the end of each of its tasks, if any is
 */
public record TaskTemplate(
        Lane lane,
        String queue,
        String type,
        String input,
        int priority,
        RetryPolicy retry,
        Map<String, String> labels,
        @Nullable String concurrencyKey,
        @Nullable String callback) {

    /** By which a task says what submitted it. */
    public static final String LABEL = "schedule";

    public TaskTemplate {
        labels = Map.copyOf(labels);
    }

    public static TaskTemplate of(NewTask task) {
        return new TaskTemplate(
                task.lane(),
                task.queue(),
                task.type(),
                task.input(),
                task.priority(),
                task.retry(),
                task.labels(),
                task.concurrencyKey(),
                task.callback());
    }

    /** A task to be run at once, labelled with the schedule's name. */
    NewTask task(UUID id, UUID workspace, String schedule, Submitter by, @Nullable String dedupe) {
        Map<String, String> labelled = new HashMap<>(labels);
        labelled.put(LABEL, schedule);
        return new NewTask(
                id,
                workspace,
                lane,
                queue,
                type,
                input,
                priority,
                null,
                null,
                retry,
                dedupe,
                concurrencyKey,
                labelled,
                by,
                null,
                null,
                callback);
    }
}
