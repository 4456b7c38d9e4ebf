package io.bascule.tasks.upkeep;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the partitions of the coming months and days before anything falls into the default one. */
public class Partitions implements UpkeepStep {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Turns turns;

    public Partitions(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
        this.turns = new Turns(database);
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public int step() {
        return transaction.execute(
                _ -> turns.take("partitions", every()).map(_ -> ensure()).orElse(0));
    }

    private int ensure() {
        return database.sql("select ensure_task_partitions((clock_timestamp() at time zone 'UTC')::date)")
                .query(Integer.class)
                .single();
    }
}
