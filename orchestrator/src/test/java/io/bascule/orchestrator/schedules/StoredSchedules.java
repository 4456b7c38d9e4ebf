package io.bascule.orchestrator.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.Task;
import io.bascule.tasks.schedule.MissedRuns;
import io.bascule.tasks.schedule.Occurrence;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.Schedule.Standing;
import io.bascule.tasks.schedule.TaskTemplate;
import io.bascule.tasks.schedule.Timetable;
import io.bascule.tasks.schedule.When;
import io.bascule.tasks.store.JdbcSchedules;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.store.TaskFilter;
import io.bascule.testsupport.TestDatabase;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Schedules in a real database of its own, with ada as their owner. */
final class StoredSchedules {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final JdbcSchedules schedules;
    private final UUID workspace;
    private final Submitter ada;

    StoredSchedules() {
        var source = TestDatabase.create().dataSource();
        database = JdbcClient.create(source);
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        schedules = new JdbcSchedules(database);
        workspace = database.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
        ada = new Submitter(
                database.sql("insert into users (username, password_hash) values ('ada', 'none') returning id")
                        .query(UUID.class)
                        .single(),
                "ada");
    }

    JdbcClient database() {
        return database;
    }

    TransactionTemplate transaction() {
        return transaction;
    }

    /** An instant echo every hour, to be changed where a test cares. */
    Builder hourly(String name, MissedRuns missed) {
        return new Builder(name, missed);
    }

    Schedule read(Schedule schedule) {
        return schedules.find(workspace, schedule.id()).orElseThrow();
    }

    Instant next(Schedule schedule) {
        return Objects.requireNonNull(schedule.standing().next()).at();
    }

    UUID lastTask(Schedule schedule) {
        return Objects.requireNonNull(read(schedule).standing().lastRun()).task();
    }

    String error(Schedule schedule) {
        return Objects.requireNonNull(read(schedule).standing().lastError()).message();
    }

    int due() {
        return database.sql("select count(*) from schedules where next_run_at <= clock_timestamp()")
                .query(Integer.class)
                .single();
    }

    List<Task> tasks() {
        return new JdbcTasks(database).list(new TaskFilter(workspace, null, null, null, null), 1000);
    }

    List<Task> tasks(String schedule) {
        return tasks().stream()
                .filter(task -> schedule.equals(task.labels().get("schedule")))
                .toList();
    }

    Task onlyTask() {
        assertThat(tasks()).hasSize(1);
        return tasks().getFirst();
    }

    List<String> events(String type) {
        return database.sql("select data::text as data from event_outbox where type = ?")
                .param(type)
                .query((row, _) -> row.getString("data"))
                .list();
    }

    void addQueue(String name) {
        database.sql("insert into queues (workspace_id, name) values (?, ?)")
                .params(workspace, name)
                .update();
    }

    /** Lets its next occurrence have come. */
    void makeDue(Schedule schedule) {
        database.sql("""
                        update schedules set anchor_at = anchor_at - interval '1 hour',
                            next_occurrence_at = next_occurrence_at - interval '1 hour',
                            next_run_at = next_run_at - interval '1 hour' where id = ?""").param(schedule.id()).update();
    }

    /** As if its last occurrence had not been dealt with. */
    void rewind(Schedule schedule) {
        Occurrence next = Objects.requireNonNull(schedule.standing().next());
        database.sql("update schedules set next_occurrence_at = ?, next_run_at = ? where id = ?")
                .params(Timestamp.from(next.at()), Timestamp.from(next.runAt()), schedule.id())
                .update();
    }

    void refuseTasksOfType(String type) {
        database.sql("alter table task_live add constraint not_this_type check (type <> '%s')".formatted(type))
                .update();
    }

    /** As if the zone had been taken out of the platform's time zones. */
    void breakZone(Schedule schedule) {
        database.sql(
                        "update schedules set every_seconds = null, cron = '* * * * *', zone = 'Atlantis/Capital' where id = ?")
                .param(schedule.id())
                .update();
    }

    /** Waits until somebody waits for a lock on a row of this table. */
    boolean lockIsWaitedFor(String table) {
        for (int tries = 0; tries < 10_000; tries++) {
            int waiting = database.sql("""
                            select count(*) from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock' and query like '%' || ? || '%'""").param(table).query(Integer.class).single();
            if (waiting > 0) {
                return true;
            }
        }
        return false;
    }

    final class Builder {

        private final UUID id = UUID.randomUUID();
        private final String name;
        private final MissedRuns missed;
        private String queue = "";
        private String type = "echo";
        private @Nullable String key;
        private @Nullable String callback;

        private Builder(String name, MissedRuns missed) {
            this.name = name;
            this.missed = missed;
        }

        Builder inQueue(String queue) {
            this.queue = queue;
            return this;
        }

        Builder type(String type) {
            this.type = type;
            return this;
        }

        Builder key(String word) {
            key = word;
            return this;
        }

        Builder callback(String url) {
            callback = url;
            return this;
        }

        /** Its first occurrence was so long ago. */
        Schedule dueSince(String interval) {
            Instant first = database.sql("select clock_timestamp() - cast(? as interval) as first")
                    .param(interval)
                    .query((row, _) ->
                            row.getObject("first", OffsetDateTime.class).toInstant())
                    .single();
            return store(first, new Occurrence(first, first));
        }

        Schedule paused() {
            return store(schedules.now().minusSeconds(10), null);
        }

        private Schedule store(Instant first, @Nullable Occurrence next) {
            var timetable = new Timetable(
                    id, new When.Every(Duration.ofHours(1)), first.minusSeconds(3600), Duration.ZERO, missed);
            var task = new TaskTemplate(
                    queue.isEmpty() ? Lane.INSTANT : Lane.QUEUED,
                    queue,
                    type,
                    "{\"message\":\"hello\"}",
                    0,
                    RetryPolicy.NONE,
                    Map.of("team", "data"),
                    key,
                    callback);
            var standing = new Standing(ada, first, first, next == null ? first : null, next, null, null);
            assertThat(schedules.insert(new Schedule(id, workspace, name, timetable, task, ada, standing, 0)))
                    .isTrue();
            return schedules.find(workspace, id).orElseThrow();
        }
    }
}
