package io.bascule.tasks.store;

import io.bascule.tasks.schedule.Occurrence;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.Schedule.LastRun;
import io.bascule.tasks.schedule.TaskTemplate;
import io.bascule.tasks.schedule.Timetable;
import io.bascule.tasks.schedule.When;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Schedules as people read and change them; every method but {@link #now()} is within one workspace. A change that depends on
 * what was read is made in the transaction that locked it.
 */
public class JdbcSchedules {

    private static final String SELECT = "select " + ScheduleColumns.ALL + ScheduleColumns.FROM;

    private static final String INSERT = """
            insert into schedules (id, workspace_id, name, cron, zone, every_seconds, anchor_at, jitter_seconds, missed_runs,
                lane, queue, type, priority, max_failures, backoff_millis, labels, input, owner_id, created_by, paused_at,
                next_occurrence_at, next_run_at, concurrency_key, callback_url)
            values (:id, :workspace, :name, :cron, :zone, :every, :anchor, :jitter, :missed, :lane, :queue, :type, :priority,
                :failures, :backoff, :labels::json, :input::json, :owner, :creator, :paused, :occurrence, :run, :key,
                :callback)
            on conflict (workspace_id, name) do nothing""";

    private static final String UPDATE = """
            update schedules set name = :name, cron = :cron, zone = :zone, every_seconds = :every, anchor_at = :anchor,
                jitter_seconds = :jitter, missed_runs = :missed, lane = :lane, queue = :queue, type = :type,
                priority = :priority, max_failures = :failures, backoff_millis = :backoff, labels = :labels::json,
                input = :input::json, concurrency_key = :key, callback_url = :callback, owner_id = :owner, paused_at = :paused, next_occurrence_at = :occurrence, next_run_at = :run,
                updated_at = clock_timestamp(), version = version + 1
            where id = :id and workspace_id = :workspace""";

    private final JdbcClient database;

    public JdbcSchedules(JdbcClient database) {
        this.database = database;
    }

    /** The clock by which schedules run. */
    public Instant now() {
        return database.sql("select clock_timestamp() as now")
                .query((row, _) -> Columns.instant(row, "now"))
                .single();
    }

    /** Says whether it was stored; not, when its name is taken. */
    public boolean insert(Schedule schedule) {
        return database.sql(INSERT)
                        .params(columns(schedule))
                        .param("creator", schedule.standing().createdBy().id())
                        .update()
                == 1;
    }

    /**
     * Stores everything but its last run.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another has its name
     */
    public void update(Schedule schedule) {
        database.sql(UPDATE).params(columns(schedule)).update();
    }

    public void delete(UUID workspace, UUID id) {
        database.sql("delete from schedules where workspace_id = ? and id = ?")
                .params(workspace, id)
                .update();
    }

    /** Remembers a task that was submitted outside the times. */
    public void ran(UUID workspace, UUID id, LastRun run) {
        database.sql("""
                        update schedules set last_run_at = ?, last_task = ?, last_error_at = null, last_error = null
                        where workspace_id = ? and id = ?""")
                .params(Timestamp.from(run.at()), run.task(), workspace, id)
                .update();
    }

    public Optional<Schedule> find(UUID workspace, UUID id) {
        return one("where s.workspace_id = ? and s.id = ?", workspace, id);
    }

    public Optional<Schedule> find(UUID workspace, String name) {
        return one("where s.workspace_id = ? and s.name = ?", workspace, name);
    }

    /** Until the transaction ends nobody else changes or runs it. */
    public Optional<Schedule> lock(UUID workspace, UUID id) {
        return one("where s.workspace_id = ? and s.id = ? for update of s", workspace, id);
    }

    /** By name, after the given one. */
    public List<Schedule> list(UUID workspace, String after, int most) {
        return database.sql(SELECT + "where s.workspace_id = ? and s.name > ? order by s.name limit ?")
                .params(workspace, after, most)
                .query((row, _) -> ScheduleColumns.schedule(row))
                .list();
    }

    private Optional<Schedule> one(String where, Object... parameters) {
        return database.sql(SELECT + where)
                .params(parameters)
                .query((row, _) -> ScheduleColumns.schedule(row))
                .optional();
    }

    private static Map<String, @Nullable Object> columns(Schedule schedule) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", schedule.id());
        columns.put("workspace", schedule.workspace());
        columns.put("name", schedule.name());
        columns.put("owner", schedule.owner().id());
        addTimes(columns, schedule.timetable());
        addTask(columns, schedule.task());
        Occurrence next = schedule.standing().next();
        columns.put("paused", timestamp(schedule.standing().pausedAt()));
        columns.put("occurrence", timestamp(next == null ? null : next.at()));
        columns.put("run", timestamp(next == null ? null : next.runAt()));
        return columns;
    }

    private static void addTimes(Map<String, @Nullable Object> columns, Timetable timetable) {
        columns.put("cron", null);
        columns.put("zone", null);
        columns.put("every", null);
        switch (timetable.when()) {
            case When.Cron(var times, var zone) -> {
                columns.put("cron", times.toString());
                columns.put("zone", zone.getId());
            }
            case When.Unreadable unreadable -> {
                columns.put("cron", unreadable.times());
                columns.put("zone", unreadable.zone());
            }
            case When.Every(var interval) -> columns.put("every", interval.toSeconds());
        }
        columns.put("anchor", timestamp(timetable.anchor()));
        columns.put("jitter", timetable.jitter().toSeconds());
        columns.put("missed", timetable.missedRuns().word());
    }

    private static void addTask(Map<String, @Nullable Object> columns, TaskTemplate task) {
        columns.put("lane", task.lane().word());
        columns.put("queue", task.queue());
        columns.put("type", task.type());
        columns.put("priority", task.priority());
        columns.put("failures", task.retry().maxFailures());
        columns.put("backoff", task.retry().backoff().toMillis());
        columns.put("labels", Columns.json(task.labels()));
        columns.put("input", task.input());
        columns.put("key", task.concurrencyKey());
        columns.put("callback", task.callback());
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant moment) {
        return moment == null ? null : Timestamp.from(moment);
    }
}
