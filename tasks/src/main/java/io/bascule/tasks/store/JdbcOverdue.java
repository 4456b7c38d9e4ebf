package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.Standing;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Live tasks whose time has come in one way or another. Locked rows are skipped: whoever holds them sees to them. */
public class JdbcOverdue {

    private static final String LOST = """
            select id, lane, state, attempt, failures, losses, max_failures, backoff_millis, deadline, cancel_requested_at,
                begun is not distinct from attempt as begun, clock_timestamp() as now
            from task_live where state = 'running' and lease_until < clock_timestamp()
            order by id limit ? for update skip locked""";

    private static final String EXPIRED = """
            select id, lane, state, attempt, failures, losses, max_failures, backoff_millis, deadline, cancel_requested_at,
                begun is not distinct from attempt as begun, clock_timestamp() as now
            from task_live where deadline is not null and state <> 'running' and deadline <= clock_timestamp()
            order by deadline limit ? for update skip locked""";

    private static final String MAKE_DUE = """
            with due as (
                select id from task_live where state in ('scheduled', 'retrying') and run_at <= clock_timestamp()
                order by run_at limit ? for update skip locked
            ), ready as (
                update task_live t set state = 'waiting', held = t.concurrency_key is not null
                from due where t.id = due.id
                returning t.lane, t.workspace_id, t.queue, t.concurrency_key, t.held
            )""" + LetIn.of("ready") + """
            select lane from ready cross join (select count(*) from let_in) places""";

    /** A task that was locked when its turn came, or whose queue's limit was raised. */
    private static final String LET_IN = """
            with open as (
                select k.workspace_id, k.queue, k.key as concurrency_key, true as held
                from concurrency_keys k join queues q on q.workspace_id = k.workspace_id and q.name = k.queue
                where k.let_in < q.key_limit and exists (
                    select 1 from task_live t where t.held and t.workspace_id = k.workspace_id and t.queue = k.queue
                        and t.concurrency_key = k.key)
                limit ?
            )""" + LetIn.of("open") + " select count(*) from let_in";

    private final JdbcClient database;
    private final JdbcSettlements settlements;

    public JdbcOverdue(JdbcClient database) {
        this.database = database;
        this.settlements = new JdbcSettlements(database);
    }

    /** Running tasks whose lease has run out, locked until the transaction ends. */
    public List<Overdue> lost(int most) {
        return locked(LOST, most);
    }

    /** Tasks at rest whose deadline has passed, locked until the transaction ends. */
    public List<Overdue> expired(int most) {
        return locked(EXPIRED, most);
    }

    /** Makes delayed tasks wait whose time has come; says in which lanes. */
    public List<Lane> makeDue(int most) {
        return database.sql(MAKE_DUE)
                .param(most)
                .query((row, _) -> Lane.of(Columns.text(row, "lane")))
                .list();
    }

    /** Lets held tasks in whose key has places that nobody passed on; says of how many keys. */
    public int letIn(int most) {
        return database.sql(LET_IN).param(most).query(Integer.class).single();
    }

    /** Ends tasks that were locked at rest. */
    public List<Settled> finish(List<Overdue> tasks, List<Finish> ends) {
        Map<TaskState, List<Settlement>> byState = new EnumMap<>(TaskState.class);
        for (int index = 0; index < tasks.size(); index++) {
            Overdue task = tasks.get(index);
            byState.computeIfAbsent(task.standing().state(), _ -> new ArrayList<>())
                    .add(new Settlement(task.id(), task.standing().attempt(), ends.get(index), null));
        }
        List<Settled> settled = new ArrayList<>();
        byState.forEach((state, batch) -> settled.addAll(settlements.finishAtRest(batch, state)));
        return settled;
    }

    private List<Overdue> locked(String sql, int most) {
        return database.sql(sql)
                .param(most)
                .query((row, _) -> new Overdue(
                        Columns.uuid(row, "id"),
                        Lane.of(Columns.text(row, "lane")),
                        JdbcClaims.standing(row),
                        row.getBoolean("begun"),
                        Columns.instant(row, "now")))
                .list();
    }

    /**
     * A task whose time has come.
     *
     * @param begun whether it is known that the handler of its attempt was called
     * @param now by the database's clock
     */
    public record Overdue(UUID id, Lane lane, Standing standing, boolean begun, Instant now) {}
}
