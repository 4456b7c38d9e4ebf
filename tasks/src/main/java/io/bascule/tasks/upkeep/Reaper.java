package io.bascule.tasks.upkeep;

import io.bascule.tasks.TaskCommand;
import io.bascule.tasks.TaskDecision;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcOverdue;
import io.bascule.tasks.store.JdbcOverdue.Overdue;
import io.bascule.tasks.store.JdbcSettlements;
import io.bascule.tasks.store.Settlement;
import io.bascule.tasks.upkeep.Turns.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Returns the tasks of workers that have not been heard of for longer than their lease. */
public class Reaper implements UpkeepStep {

    static final String TURN = "reap";

    private static final int BATCH = 1_000;

    private final TransactionTemplate transaction;
    private final Turns turns;
    private final JdbcOverdue overdue;
    private final JdbcSettlements settlements;
    private final TaskLifecycle lifecycle;
    private final ReaperPatience patience;
    private final Announcer announcer;

    /** @param lease how long workers lease tasks for */
    public Reaper(
            JdbcClient database,
            TransactionTemplate transaction,
            TaskLifecycle lifecycle,
            TaskSignals signals,
            Duration lease) {
        this.transaction = transaction;
        this.turns = new Turns(database);
        this.overdue = new JdbcOverdue(database);
        this.settlements = new JdbcSettlements(database);
        this.lifecycle = lifecycle;
        this.patience = new ReaperPatience(lease, lease.dividedBy(2));
        this.announcer = new Announcer(signals);
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int step() {
        Returned returned = transaction.execute(
                _ -> turns.due(TURN, every()).map(this::pass).orElse(Returned.NONE));
        announcer.announce(returned.settled(), returned.tasks());
        return returned.tasks().size();
    }

    private Returned pass(Turn turn) {
        Instant quietUntil = patience.quietUntil(turn.lastAt(), turn.quietUntil(), turn.now());
        turns.store(TURN, turn.now(), quietUntil);
        if (!ReaperPatience.mayReturn(quietUntil, turn.now())) {
            return Returned.NONE;
        }
        List<Overdue> lost = overdue.lost(BATCH);
        return lost.isEmpty()
                ? Returned.NONE
                : new Returned(
                        lost,
                        settlements.settle(lost.stream().map(this::settlement).toList()));
    }

    private Settlement settlement(Overdue task) {
        int attempt = task.standing().attempt();
        var lost = new TaskCommand.Lose(attempt, task.begun());
        TaskDecision decision = lifecycle.decide(task.standing(), lost, task.now());
        return new Settlement(task.id(), attempt, decision, null);
    }
}
