package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskCommand;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.store.JdbcOverdue.Overdue;
import io.bascule.tasks.store.Settled.Finished;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cancels what waits in a queue, a bounded batch at a time, as cancelling each task would: it ends in the history and its
 * event tells of it. A task that a claim takes meanwhile runs; a task submitted after the given moment stays.
 */
public class JdbcPurge {

    private static final String STANDING = """
            select id, lane, state, attempt, failures, losses, max_failures, backoff_millis, deadline, cancel_requested_at,
                clock_timestamp() as now
            from task_live t where t.workspace_id = ? and t.queue = ? and t.created_at <= ? and\s""";

    private static final String WAITING = STANDING + """
            t.state = 'waiting' and not t.held and t.lane = 'queued'
            order by t.priority desc, t.run_at, t.id limit ? for update""";

    private static final String HELD =
            STANDING + "t.held order by t.concurrency_key, t.priority desc, t.run_at, t.id limit ? for update";

    private static final String DELAYED =
            STANDING + "t.state in ('scheduled', 'retrying') order by t.run_at, t.id limit ? for update";

    private final JdbcClient database;
    private final JdbcOverdue overdue;
    private final TaskLifecycle lifecycle;

    public JdbcPurge(JdbcClient database, TaskLifecycle lifecycle) {
        this.database = database;
        this.overdue = new JdbcOverdue(database);
        this.lifecycle = lifecycle;
    }

    /** Now, by the clock that says when tasks were created. */
    public Instant now() {
        return database.sql("select clock_timestamp() as now")
                .query((row, _) -> Columns.instant(row, "now"))
                .single();
    }

    /** Ends at most so many tasks in the caller's transaction; returns those it ended, none when nothing is left. */
    public List<Finished> purge(UUID workspace, String queue, Instant until, int most) {
        // Held ones first: each that left before them would let one of them in.
        for (String kind : List.of(HELD, WAITING, DELAYED)) {
            List<Overdue> tasks = lock(kind, workspace, queue, until, most);
            if (!tasks.isEmpty()) {
                return cancel(tasks);
            }
        }
        return List.of();
    }

    private List<Overdue> lock(String sql, UUID workspace, String queue, Instant until, int most) {
        return database.sql(sql)
                .params(workspace, queue, until.atOffset(ZoneOffset.UTC), most)
                .query((row, _) -> new Overdue(
                        Columns.uuid(row, "id"),
                        Lane.of(Columns.text(row, "lane")),
                        JdbcClaims.standing(row),
                        false,
                        Columns.instant(row, "now")))
                .list();
    }

    private List<Finished> cancel(List<Overdue> tasks) {
        List<Overdue> ended = new ArrayList<>();
        List<Finish> ends = new ArrayList<>();
        for (Overdue task : tasks) {
            if (lifecycle.decide(task.standing(), new TaskCommand.Cancel(), task.now()) instanceof Finish end) {
                ended.add(task);
                ends.add(end);
            }
        }
        return overdue.finish(ended, ends).stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .toList();
    }
}
