package io.bascule.tasks.upkeep;

import io.bascule.tasks.Lane;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcOverdue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes scheduled and retrying tasks wait when their time has come, and lets held ones in that were overlooked. */
public class DueTasks implements UpkeepStep {

    private static final int BATCH = 5_000;

    private final TransactionTemplate transaction;
    private final Turns turns;
    private final JdbcOverdue overdue;
    private final TaskSignals signals;

    public DueTasks(JdbcClient database, TransactionTemplate transaction, TaskSignals signals) {
        this.transaction = transaction;
        this.turns = new Turns(database);
        this.overdue = new JdbcOverdue(database);
        this.signals = signals;
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(250);
    }

    @Override
    public int step() {
        List<Lane> due = transaction.execute(
                _ -> turns.take("due", every()).map(_ -> makeDue()).orElse(List.of()));
        signals.wake(due.stream());
        return due.size();
    }

    private List<Lane> makeDue() {
        List<Lane> due = new ArrayList<>(overdue.makeDue(BATCH));
        due.addAll(Collections.nCopies(overdue.letIn(BATCH), Lane.QUEUED));
        return due;
    }
}
