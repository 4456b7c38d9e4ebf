package io.bascule.tasks.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes what is old, each call in a transaction of its own: a partition whole, under a lock that is given up after a
 * quarter of a second, or a bounded batch of rows. A call that fails changes nothing and may be repeated.
 */
public class JdbcRetention {

    /** Rows that one call deletes at most. */
    public static final int BATCH = 10_000;

    private static final String STRAY_EVENTS = """
            delete from event_outbox_default where ctid = any (array(
                select e.ctid from event_outbox_default e, done_events() done
                where (e.xid, e.seq) <= (done.xid, done.seq) and e.occurred_at < now() - interval '1 day' limit ?))""";

    private static final String STRAY_HISTORY = """
            delete from task_history_default where ctid = any (array(
                select ctid from task_history_default where finished_at < ? limit ?))""";

    private static final String KEYS = """
            delete from idempotency_keys where ctid = any (array(
                select ctid from idempotency_keys where created_at < now() - interval '24 hours' limit ?))""";

    private static final String CALLBACKS = """
            delete from task_callbacks where ctid = any (array(
                select c.ctid from task_callbacks c where c.task_id < uuidv7_floor(?)
                    and not exists (select 1 from task_history h where h.id = c.task_id)
                    and not exists (select 1 from task_live l where l.id = c.task_id)
                limit ?))""";

    private final JdbcClient database;

    public JdbcRetention(JdbcClient database) {
        this.database = database;
    }

    /** Days of events that are over at this moment, oldest first. */
    public List<String> eventDays(Instant now) {
        return partitions("event_outbox", now);
    }

    /** Days of ended tasks that were accepted before this moment, oldest first. */
    public List<String> historyDays(Instant before) {
        return partitions("task_history", before);
    }

    /** Drops a day of events, unless one of them is not published or not counted yet, or the table is being read for long. */
    public boolean dropEvents(String day, Instant now) {
        return database.sql("select drop_done_events(?, ?)")
                .params(day, now.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Takes a day out of the history, unless a task in it ended at or after this moment, or the table is being read. */
    public boolean detachHistory(String day, Instant keptFrom) {
        return database.sql("select detach_old_history(?, ?)")
                .params(day, keptFrom.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Drops what was taken out, now or by a pass that did not get this far. */
    public int dropDetachedHistory(Instant keptFrom) {
        return database.sql("select drop_detached_history(?)")
                .param(keptFrom.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    public int deleteStrayEvents() {
        return database.sql(STRAY_EVENTS).param(BATCH).update();
    }

    public int deleteStrayHistory(Instant keptFrom) {
        return database.sql(STRAY_HISTORY)
                .params(keptFrom.atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }

    /** Idempotency keys are forgotten after a day. */
    public int deleteKeys() {
        return database.sql(KEYS).param(BATCH).update();
    }

    /** Callbacks of tasks that were accepted before this moment and are gone. */
    public int deleteCallbacks(Instant before) {
        return database.sql(CALLBACKS)
                .params(before.atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }

    public int deleteWorkers() {
        return database.sql("delete from task_workers where seen_at < now() - interval '1 hour'")
                .update();
    }

    private List<String> partitions(String table, Instant moment) {
        return database.sql("select name from partitions_before(?::regclass, ?) as name")
                .params(table, moment.atOffset(ZoneOffset.UTC))
                .query((row, _) -> Columns.text(row, "name"))
                .list();
    }
}
