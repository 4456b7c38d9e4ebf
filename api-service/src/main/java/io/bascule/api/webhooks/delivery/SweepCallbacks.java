package io.bascule.api.webhooks.delivery;

import io.bascule.api.webhooks.delivery.SweepDeliveries.Bounds;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the sweep of deliveries does for callbacks: ends what is too much for an origin, removes origins without deliveries, and
 * forgets secrets that sign no more.
 */
final class SweepCallbacks {

    /** The newest: those that came first keep their turn. */
    private static final String REFUSE = """
            update webhook_deliveries set state = 'failed', next_at = null, finished_at = clock_timestamp(),
                last_error = 'More than ' || :waiting || ' callbacks waited for its origin'
            where state = 'waiting' and id = any (array(
                select id from webhook_deliveries where webhook_id = :webhook and next_at is not null
                order by id offset :waiting limit :most))""";

    /** Whoever records a callback holds the origin's row; its deliveries are seen only by the statement after the lock. */
    private static final String LOCK_IDLE_ORIGINS = """
            select w.id from webhooks w where w.callback_origin is not null
                and not exists (select 1 from webhook_deliveries d where d.webhook_id = w.id)
            limit :most for update skip locked""";

    private static final String REMOVE_IDLE_ORIGINS = """
            delete from webhooks w where w.id = any(:ids::uuid[])
                and not exists (select 1 from webhook_deliveries d where d.webhook_id = w.id)""";

    private static final String FORGET = """
            update callback_secrets set sealed_previous_secret = null, previous_secret_until = null
            where previous_secret_until < clock_timestamp()""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Bounds bounds;

    SweepCallbacks(JdbcClient database, TransactionTemplate transaction, Bounds bounds) {
        this.database = database;
        this.transaction = transaction;
        this.bounds = bounds;
    }

    void step() {
        removeIdle();
        database.sql(FORGET).update();
    }

    /** Ends a batch of what is too much for an origin; how many that were. */
    int refuse(UUID origin) {
        return database.sql(REFUSE)
                .param("webhook", origin)
                .param("waiting", bounds.waiting())
                .param("most", bounds.batch())
                .update();
    }

    private void removeIdle() {
        transaction.executeWithoutResult(_ -> {
            List<String> idle = database.sql(LOCK_IDLE_ORIGINS)
                    .param("most", bounds.batch())
                    .query((row, _) -> String.valueOf(row.getString("id")))
                    .list();
            if (!idle.isEmpty()) {
                database.sql(REMOVE_IDLE_ORIGINS)
                        .param("ids", idle.toArray(String[]::new))
                        .update();
            }
        });
    }
}
