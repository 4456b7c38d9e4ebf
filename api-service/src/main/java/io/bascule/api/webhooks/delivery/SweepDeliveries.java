package io.bascule.api.webhooks.delivery;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends what waits too long, as behind a disabled webhook, disables a webhook for which too much waits, and removes what ended long
 * ago. Every pod may do it at once, without harm.
 */
class SweepDeliveries {

    static final Duration EVERY = Duration.ofMinutes(1);

    /** Longer than all attempts of a delivery take. */
    static final Duration LONGEST_WAIT = Duration.ofDays(4);

    static final int MOST_WAITING = 100_000;

    private static final int BATCH = 1_000;

    private static final String END = """
            update webhook_deliveries set state = 'failed', next_at = null, finished_at = clock_timestamp(),
                last_error = coalesce(last_error, 'It was not sent within ' || :days || ' days')
            where id = any (array(
                select id from webhook_deliveries
                where next_at is not null and (state = 'waiting' or next_at < clock_timestamp())
                    and wanted_at < clock_timestamp() - :days * interval '1 day'
                limit :most for update skip locked))""";

    private static final String CROWDED = """
            select d.webhook_id from webhook_deliveries d join webhooks w on w.id = d.webhook_id
            where d.next_at is not null and w.disabled_at is null group by d.webhook_id having count(*) > ?""";

    private static final String REMOVE = """
            delete from webhook_deliveries where id = any (array(
                select id from webhook_deliveries where finished_at < clock_timestamp() - :kept * interval '1 ms'
                limit :most for update skip locked))""";

    private static final String FORGET = """
            update webhooks set sealed_previous_secret = null, previous_secret_until = null
            where previous_secret_until < clock_timestamp()""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final SettleDelivery settle;
    private final Duration kept;
    private final int mostWaiting;

    SweepDeliveries(
            JdbcClient database,
            TransactionTemplate transaction,
            SettleDelivery settle,
            Duration kept,
            int mostWaiting) {
        this.database = database;
        this.transaction = transaction;
        this.settle = settle;
        this.kept = kept;
        this.mostWaiting = mostWaiting;
    }

    void step() {
        whileFull(() -> database.sql(END)
                .param("days", LONGEST_WAIT.toDays())
                .param("most", BATCH)
                .update());
        whileFull(() -> database.sql(REMOVE)
                .param("kept", kept.toMillis())
                .param("most", BATCH)
                .update());
        List<UUID> crowded = database.sql(CROWDED)
                .param(mostWaiting)
                .query((row, _) -> row.getObject("webhook_id", UUID.class))
                .list();
        crowded.forEach(webhook -> transaction.executeWithoutResult(
                _ -> settle.disable(webhook, "More than %,d deliveries wait for it".formatted(mostWaiting))));
        database.sql(FORGET).update();
    }

    private static void whileFull(IntSupplier batch) {
        int done;
        do {
            done = batch.getAsInt();
        } while (done == BATCH);
    }
}
