package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.Lane;
import io.bascule.tasks.Task.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beat of a worker: renews the leases of what it runs, says that it lives, and learns what it should stop. */
public class JdbcLeases {

    /** Locks in the order of the ids, as settlements do: two that each hold what the other wants would wait for a second. */
    private static final String RENEW = """
            with held as (
                select t.id, h.progress, h.message
                from unnest(?::uuid[], ?::integer[], ?::smallint[], ?::text[]) as h (id, attempt, progress, message)
                join task_live t on t.id = h.id and t.attempt = h.attempt and t.state = 'running'
                order by t.id for no key update of t
            )
            update task_live t
            set lease_until = clock_timestamp() + ? * interval '1 ms',
                progress = coalesce(h.progress, t.progress), progress_message = coalesce(h.message, t.progress_message)
            from held h where t.id = h.id
            returning t.id, t.cancel_requested_at is not null as cancelled""";

    private static final String CHECKPOINT = """
            update task_live set checkpoint = ?::json, lease_until = clock_timestamp() + ? * interval '1 ms'
            where id = ? and attempt = ? and state = 'running'""";

    private static final String BEGIN =
            "update task_live set begun = attempt where id = ? and attempt = ? and state = 'running'";

    private static final String SEEN = """
            insert into task_workers (id, lane, concurrency, active, seen_at) values (?, ?, ?, ?, clock_timestamp())
            on conflict (id) do update set lane = excluded.lane, concurrency = excluded.concurrency,
                active = excluded.active, seen_at = excluded.seen_at""";

    private final JdbcClient database;

    public JdbcLeases(JdbcClient database) {
        this.database = database;
    }

    /** Renews what is still held; says of each whether it was asked to stop. A task that is missing has been lost. */
    public Map<UUID, Boolean> renew(List<Held> tasks, Duration lease) {
        Map<UUID, Boolean> stops = new HashMap<>();
        database.sql(RENEW)
                .params(
                        texts(tasks, Held::task),
                        texts(tasks, Held::attempt),
                        texts(
                                tasks,
                                held -> held.progress() == null
                                        ? null
                                        : held.progress().percent()),
                        texts(
                                tasks,
                                held -> held.progress() == null
                                        ? null
                                        : held.progress().message()),
                        lease.toMillis())
                .query(row -> {
                    stops.put(Columns.uuid(row, "id"), row.getBoolean("cancelled"));
                });
        return stops;
    }

    /**
     * Keeps what the next attempt is to know, and renews the lease with it.
     *
     * @param state JSON
     * @return whether this attempt still holds the task; if not, nothing was kept
     */
    public boolean checkpoint(UUID task, int attempt, String state, Duration lease) {
        return database.sql(CHECKPOINT)
                        .params(state, lease.toMillis(), task, attempt)
                        .update()
                == 1;
    }

    /**
     * Writes down that the handler of an attempt is about to be called.
     *
     * @return whether this attempt still holds the task
     */
    public boolean begin(UUID task, int attempt) {
        return database.sql(BEGIN).params(task, attempt).update() == 1;
    }

    /** Says that a worker lives and how busy it is. */
    public void seen(String worker, Lane lane, int concurrency, int active) {
        database.sql(SEEN).params(worker, lane.word(), concurrency, active).update();
    }

    /** The worker has stopped. */
    public void gone(String worker) {
        database.sql("delete from task_workers where id = ?").param(worker).update();
    }

    /** A running attempt and how far it is, if it said. */
    public record Held(UUID task, int attempt, @Nullable Progress progress) {}
}
