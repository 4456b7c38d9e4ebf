package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.schedule.CronTimes;
import io.bascule.tasks.schedule.MissedRuns;
import io.bascule.tasks.schedule.Occurrence;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.Schedule.LastError;
import io.bascule.tasks.schedule.Schedule.LastRun;
import io.bascule.tasks.schedule.Schedule.Standing;
import io.bascule.tasks.schedule.TaskTemplate;
import io.bascule.tasks.schedule.Timetable;
import io.bascule.tasks.schedule.When;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schedules as rows. */
final class ScheduleColumns {

    static final String FROM =
            " from schedules s join users o on o.id = s.owner_id join users c on c.id = s.created_by ";

    /** Of {@link #FROM}. */
    static final String ALL = """
            s.id, s.workspace_id, s.name, s.cron, s.zone, s.every_seconds, s.anchor_at, s.jitter_seconds, s.missed_runs,
            s.lane, s.queue, s.type, s.priority, s.max_failures, s.backoff_millis, s.labels, s.input, s.concurrency_key, s.callback_url, s.owner_id,
            o.username as owner_name, s.created_by, c.username as created_by_name, s.created_at, s.updated_at, s.version, s.paused_at, s.next_occurrence_at,
            s.next_run_at, s.last_run_at, s.last_task, s.last_error_at, s.last_error""";

    private ScheduleColumns() {}

    static Schedule schedule(ResultSet row) throws SQLException {
        UUID id = Columns.uuid(row, "id");
        return new Schedule(
                id,
                Columns.uuid(row, "workspace_id"),
                Columns.text(row, "name"),
                new Timetable(
                        id,
                        when(row),
                        Columns.instant(row, "anchor_at"),
                        Duration.ofSeconds(row.getLong("jitter_seconds")),
                        MissedRuns.of(Columns.text(row, "missed_runs"))),
                template(row),
                new Submitter(Columns.uuid(row, "owner_id"), Columns.text(row, "owner_name")),
                standing(row),
                row.getLong("version"));
    }

    private static When when(ResultSet row) throws SQLException {
        String cron = row.getString("cron");
        return cron == null
                ? new When.Every(Duration.ofSeconds(row.getLong("every_seconds")))
                : cron(cron, Columns.text(row, "zone"));
    }

    /** One row that cannot be read must not keep the others of a list from being read. */
    private static When cron(String times, String zone) {
        try {
            return new When.Cron(CronTimes.parse(times), When.Cron.zone(zone));
        } catch (IllegalArgumentException refused) {
            return new When.Unreadable(times, zone, String.valueOf(refused.getMessage()));
        }
    }

    private static TaskTemplate template(ResultSet row) throws SQLException {
        return new TaskTemplate(
                Lane.of(Columns.text(row, "lane")),
                Columns.text(row, "queue"),
                Columns.text(row, "type"),
                Columns.text(row, "input"),
                row.getInt("priority"),
                new RetryPolicy(row.getInt("max_failures"), Duration.ofMillis(row.getLong("backoff_millis"))),
                Columns.labels(row, "labels"),
                row.getString("concurrency_key"),
                row.getString("callback_url"));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        Instant next = Columns.instantOrNull(row, "next_occurrence_at");
        return new Standing(
                new Submitter(Columns.uuid(row, "created_by"), Columns.text(row, "created_by_name")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.instantOrNull(row, "paused_at"),
                next == null ? null : new Occurrence(next, Columns.instant(row, "next_run_at")),
                lastRun(row),
                lastError(row));
    }

    private static @Nullable LastRun lastRun(ResultSet row) throws SQLException {
        Instant at = Columns.instantOrNull(row, "last_run_at");
        return at == null ? null : new LastRun(at, Columns.uuid(row, "last_task"));
    }

    private static @Nullable LastError lastError(ResultSet row) throws SQLException {
        Instant at = Columns.instantOrNull(row, "last_error_at");
        return at == null ? null : new LastError(at, Columns.text(row, "last_error"));
    }
}
