package io.bascule.api.schedules;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.bascule.tasks.Lane;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.schedule.Occurrence;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.Schedule.LastError;
import io.bascule.tasks.schedule.Schedule.LastRun;
import io.bascule.tasks.schedule.Schedule.Standing;
import io.bascule.tasks.schedule.TaskTemplate;
import io.bascule.tasks.schedule.Timetable;
import io.bascule.tasks.schedule.When;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as clients see it.
 *
 * @param nextRunAt when the next task is submitted; missing while it is paused
 * @param lastRun the task that was submitted last
 * @param lastError why the last run did not come about, if it did not
 * @param owner whoever wrote it last, in whose name its tasks run
 */
record ScheduleView(
        UUID id,
        String name,
        TimesView when,
        long jitterSeconds,

        @Schema(allowableValues = {"skip", "once", "all"}) String missedRuns,

        TemplateView task,
        boolean paused,
        @Nullable Instant nextRunAt,
        @Nullable LastRun lastRun,
        @Nullable LastError lastError,
        Instant createdAt,
        Instant updatedAt,
        Submitter createdBy,
        Submitter owner) {

    /** Either an expression in a zone or an interval. */
    record TimesView(
            @Nullable String cron,
            @Nullable String zone,
            @Nullable String every) {

        static TimesView of(When when) {
            return switch (when) {
                case When.Cron(var times, var zone) -> new TimesView(times.toString(), zone.getId(), null);
                case When.Unreadable unreadable -> new TimesView(unreadable.times(), unreadable.zone(), null);
                case When.Every(var interval) -> new TimesView(null, null, interval.toString());
            };
        }
    }

    /** The task that is submitted. */
    record TemplateView(
            String type,
            @JsonRawValue String input,
            @Nullable String queue,
            int priority,
            RetryView retry,
            Map<String, String> labels,

            @Schema(allowableValues = {"instant", "queued"}) String lane,

            @Nullable String concurrencyKey,
            @Nullable CallbackView callback) {

        static TemplateView of(TaskTemplate task) {
            return new TemplateView(
                    task.type(),
                    task.input(),
                    task.lane() == Lane.QUEUED ? task.queue() : null,
                    task.priority(),
                    new RetryView(
                            task.retry().maxFailures(), task.retry().backoff().toSeconds()),
                    task.labels(),
                    task.lane().word(),
                    task.concurrencyKey(),
                    task.callback() == null ? null : new CallbackView(task.callback()));
        }
    }

    /** @param url told of the end of each task */
    record CallbackView(String url) {}

    /** When a failed attempt is followed by another. */
    record RetryView(int maxFailures, long backoffSeconds) {}

    static ScheduleView of(Schedule schedule) {
        Timetable timetable = schedule.timetable();
        Standing standing = schedule.standing();
        Occurrence next = standing.next();
        return new ScheduleView(
                schedule.id(),
                schedule.name(),
                TimesView.of(timetable.when()),
                timetable.jitter().toSeconds(),
                timetable.missedRuns().word(),
                TemplateView.of(schedule.task()),
                standing.pausedAt() != null,
                next == null ? null : next.runAt(),
                standing.lastRun(),
                standing.lastError(),
                standing.createdAt(),
                standing.updatedAt(),
                standing.createdBy(),
                schedule.owner());
    }
}
