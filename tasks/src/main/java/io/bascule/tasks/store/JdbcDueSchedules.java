package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.NewTask;
import io.bascule.tasks.schedule.Occurrence;
import io.bascule.tasks.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Schedules whose time has come. Called in one transaction: due, then advanced with whatever was submitted. */
public class JdbcDueSchedules {

    private static final String DUE =
            "select " + ScheduleColumns.ALL + ", clock_timestamp() as now" + ScheduleColumns.FROM + """
            where s.next_run_at <= statement_timestamp() and (:only::uuid is null or s.id = :only::uuid)
            order by s.next_run_at limit :most for update of s skip locked""";

    private static final String ADVANCE = """
            update schedules s set next_occurrence_at = passed.next_occurrence_at, next_run_at = passed.next_run_at,
                last_task = coalesce(passed.task, s.last_task),
                last_run_at = case when passed.task is null then s.last_run_at else clock_timestamp() end,
                last_error = case when passed.task is null then coalesce(passed.error, s.last_error) end,
                last_error_at = case when passed.task is not null then null
                    when passed.error is null then s.last_error_at else clock_timestamp() end
            from unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::uuid[], ?::text[])
                as passed (id, next_occurrence_at, next_run_at, task, error)
            where s.id = passed.id""";

    private static final String TELL = """
            insert into event_outbox (workspace_id, type, subject, data)
            select workspace_id, 'io.bascule.schedule.fired', schedule,
                json_build_object('name', name, 'task', task, 'occurrence', occurrence)
            from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::text[])
                as fired (workspace_id, schedule, name, task, occurrence)""";

    private static final String STOP = """
            update schedules set next_occurrence_at = null, next_run_at = null, last_error = ?,
                last_error_at = clock_timestamp()
            where id = ? and next_run_at <= statement_timestamp()""";

    private static final String PAUSE = """
            update schedules s set paused_at = clock_timestamp(), next_occurrence_at = null, next_run_at = null,
                last_error_at = clock_timestamp(),
                last_error = 'It was paused, as its owner ' || o.username
                    || ' is disabled; change it, which makes you its owner, and resume it'
            from users o
            where o.id = s.owner_id and o.disabled_at is not null and s.next_run_at <= statement_timestamp()
            returning s.name""";

    private final JdbcClient database;

    public JdbcDueSchedules(JdbcClient database) {
        this.database = database;
    }

    /** The ids of those that are due, not locked; the one that has waited longest first. */
    public List<UUID> ids(int most) {
        return database.sql(
                        "select id from schedules where next_run_at <= statement_timestamp() order by next_run_at limit ?")
                .param(most)
                .query((row, _) -> Columns.uuid(row, "id"))
                .list();
    }

    /** Pauses those that are due and whose owner may do nothing any more; says which. */
    public List<String> pauseOfDisabledOwners() {
        return database.sql(PAUSE).query((row, _) -> Columns.text(row, "name")).list();
    }

    /**
     * Locks those that are due and that nobody else is at.
     *
     * @param only this one, if it is due; null for any
     */
    public List<Due> lock(int most, @Nullable UUID only) {
        return database.sql(DUE)
                .param("most", most)
                .param("only", only == null ? null : only.toString())
                .query((row, _) -> new Due(ScheduleColumns.schedule(row), Columns.instant(row, "now")))
                .list();
    }

    public void advance(List<Passed> passed) {
        database.sql(ADVANCE)
                .params(
                        texts(passed, one -> one.schedule().id()),
                        texts(
                                passed,
                                one -> one.next() == null ? null : one.next().at()),
                        texts(
                                passed,
                                one -> one.next() == null ? null : one.next().runAt()),
                        texts(passed, Passed::task),
                        texts(passed, Passed::error))
                .update();
    }

    /** Writes an event for every task that was submitted. */
    public void tell(List<Fired> fired) {
        if (!fired.isEmpty()) {
            database.sql(TELL)
                    .params(
                            texts(fired, one -> one.schedule().workspace()),
                            texts(fired, one -> one.schedule().id()),
                            texts(fired, one -> one.schedule().name()),
                            texts(fired, one -> one.task().id()),
                            texts(fired, one -> one.occurrence().at()))
                    .update();
        }
    }

    /** It is not due again until somebody changes it; does nothing to one that somebody has just changed. */
    public void stop(UUID schedule, String reason) {
        database.sql(STOP).params(reason, schedule).update();
    }

    /**
     * A schedule that is due.
     *
     * @param now by the database's clock
     */
    public record Due(Schedule schedule, Instant now) {}

    /**
     * What became of it.
     *
     * @param task the last one that was submitted, if any was
     * @param error why none was, if one should have been
     */
    public record Passed(
            Schedule schedule,
            @Nullable Occurrence next,
            @Nullable UUID task,
            @Nullable String error) {}

    /** A task to be submitted for an occurrence. */
    public record Fired(Schedule schedule, Occurrence occurrence, NewTask task) {}
}
