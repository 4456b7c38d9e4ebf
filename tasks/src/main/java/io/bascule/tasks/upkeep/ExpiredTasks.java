package io.bascule.tasks.upkeep;

import io.bascule.tasks.TaskCommand;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcOverdue;
import io.bascule.tasks.store.JdbcOverdue.Overdue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends tasks whose deadline passed before they could run. Running ones are stopped by their worker. */
public class ExpiredTasks implements UpkeepStep {

    private static final int BATCH = 1_000;

    private final TransactionTemplate transaction;
    private final Turns turns;
    private final JdbcOverdue overdue;
    private final TaskLifecycle lifecycle;
    private final Announcer announcer;

    public ExpiredTasks(
            JdbcClient database, TransactionTemplate transaction, TaskLifecycle lifecycle, TaskSignals signals) {
        this.transaction = transaction;
        this.turns = new Turns(database);
        this.overdue = new JdbcOverdue(database);
        this.lifecycle = lifecycle;
        this.announcer = new Announcer(signals);
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int step() {
        Returned returned = transaction.execute(
                _ -> turns.take("expire", every()).map(_ -> expire()).orElse(Returned.NONE));
        announcer.announce(returned.settled(), returned.tasks());
        return returned.settled().size();
    }

    private Returned expire() {
        List<Overdue> tasks = new ArrayList<>();
        List<Finish> ends = new ArrayList<>();
        for (Overdue task : overdue.expired(BATCH)) {
            if (lifecycle.decide(task.standing(), new TaskCommand.Expire(), task.now()) instanceof Finish end) {
                tasks.add(task);
                ends.add(end);
            }
        }
        return new Returned(tasks, overdue.finish(tasks, ends));
    }
}
