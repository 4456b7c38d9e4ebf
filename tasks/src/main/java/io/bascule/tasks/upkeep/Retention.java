package io.bascule.tasks.upkeep;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Forgets idempotency keys after a day and workers that have not been seen for an hour. */
public class Retention implements UpkeepStep {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Turns turns;

    public Retention(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
        this.turns = new Turns(database);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public int step() {
        return transaction.execute(
                _ -> turns.take("retention", every()).map(_ -> forget()).orElse(0));
    }

    private int forget() {
        return database.sql("delete from idempotency_keys where created_at < now() - interval '24 hours'")
                        .update()
                + database.sql("delete from task_workers where seen_at < now() - interval '1 hour'")
                        .update();
    }
}
