package io.bascule.api.webhooks.delivery;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends what waits too long, as behind a disabled webhook, disables a webhook for which too much waits, removes what ended long ago
 * or is more than is kept of a webhook, finishes removals of webhooks, and does what callbacks need. Every pod may do it at once, without harm. A step is a
 * bounded number of small statements; what it leaves, the next one does.
 */
class SweepDeliveries {

    static final Duration EVERY = Duration.ofMinutes(1);

    /** Longer than all attempts of a delivery take. */
    static final Duration LONGEST_WAIT = Duration.ofDays(4);

    private static final int MOST_WAITING = 100_000;
    private static final int MOST_FINISHED = 10_000;
    private static final int BATCH = 1_000;
    private static final int BATCHES = 100;

    private static final String END = """
            update webhook_deliveries set state = 'failed', next_at = null, finished_at = clock_timestamp(),
                last_error = coalesce(last_error, 'It was not sent within ' || :days || ' days')
            where id = any (array(
                select id from webhook_deliveries
                where next_at is not null and (state = 'waiting' or next_at < clock_timestamp())
                    and wanted_at < clock_timestamp() - :days * interval '1 day'
                limit :most for update skip locked))""";

    private static final String CROWDED = """
            select d.webhook_id, w.callback_origin is not null as calls_back
            from webhook_deliveries d join webhooks w on w.id = d.webhook_id
            where d.next_at is not null and w.disabled_at is null
            group by d.webhook_id, calls_back having count(*) > ?""";

    private static final String REMOVE = """
            delete from webhook_deliveries where id = any (array(
                select id from webhook_deliveries where finished_at < clock_timestamp() - :kept * interval '1 ms'
                limit :most for update skip locked))""";

    private static final String OVERFULL = """
            select w.id from webhooks w where exists (
                select 1 from webhook_deliveries d where d.webhook_id = w.id and d.finished_at is not null
                order by d.id desc offset ? limit 1)""";

    /** The newest are passed over without a lock; one that is wanted again meanwhile stays. */
    private static final String TRIM = """
            delete from webhook_deliveries where finished_at is not null and id = any (array(
                select id from webhook_deliveries where webhook_id = :webhook and finished_at is not null
                order by id desc offset :finished limit :most))""";

    private static final String REMOVE_OF_REMOVED = """
            delete from webhook_deliveries where id = any (array(
                select d.id from webhook_deliveries d join webhooks w on w.id = d.webhook_id where w.event_types = '{}'
                    and w.callback_origin is null
                limit :most for update of d skip locked))""";

    private static final String REMOVE_WEBHOOKS = """
            delete from webhooks w where w.event_types = '{}' and w.callback_origin is null
                and not exists (select 1 from webhook_deliveries d where d.webhook_id = w.id)""";

    private static final String FORGET = """
            update webhooks set sealed_previous_secret = null, previous_secret_until = null
            where previous_secret_until < clock_timestamp()""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final SettleDelivery settle;
    private final SweepCallbacks callbacks;
    private final Bounds bounds;
    private volatile boolean stopping;

    SweepDeliveries(JdbcClient database, TransactionTemplate transaction, SettleDelivery settle, Bounds bounds) {
        this.database = database;
        this.transaction = transaction;
        this.settle = settle;
        this.callbacks = new SweepCallbacks(database, transaction, bounds);
        this.bounds = bounds;
    }

    void start() {
        stopping = false;
    }

    /** A step that is under way ends with the statement it is at. */
    void stop() {
        stopping = true;
    }

    void step() {
        removeOld();
        trim();
        removeRemoved();
        if (stopping) {
            return;
        }
        database.sql(REMOVE_WEBHOOKS).update();
        relieveCrowded();
        database.sql(FORGET).update();
        callbacks.step();
    }

    private void removeOld() {
        whileFull(() -> database.sql(END)
                .param("days", LONGEST_WAIT.toDays())
                .param("most", bounds.batch())
                .update());
        whileFull(() -> database.sql(REMOVE)
                .param("kept", bounds.kept().toMillis())
                .param("most", bounds.batch())
                .update());
    }

    private void trim() {
        database.sql(OVERFULL)
                .param(bounds.finished())
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .forEach(webhook -> whileFull(() -> database.sql(TRIM)
                        .param("webhook", webhook)
                        .param("finished", bounds.finished())
                        .param("most", bounds.batch())
                        .update()));
    }

    private void removeRemoved() {
        whileFull(() ->
                database.sql(REMOVE_OF_REMOVED).param("most", bounds.batch()).update());
    }

    /** A webhook is disabled; a callback's origin goes on with what came first. */
    private void relieveCrowded() {
        List<Crowded> crowded = database.sql(CROWDED)
                .param(bounds.waiting())
                .query((row, _) -> new Crowded(row.getObject("webhook_id", UUID.class), row.getBoolean("calls_back")))
                .list();
        for (Crowded full : crowded) {
            if (full.callsBack()) {
                whileFull(() -> callbacks.refuse(full.webhook()));
            } else {
                transaction.executeWithoutResult(_ -> settle.disable(
                        full.webhook(), "More than %,d deliveries wait for it".formatted(bounds.waiting())));
            }
        }
    }

    private record Crowded(UUID webhook, boolean callsBack) {}

    private void whileFull(IntSupplier batch) {
        boolean full = true;
        for (int done = 0; full && done < bounds.batches() && !stopping; done++) {
            full = batch.getAsInt() == bounds.batch();
        }
    }

    /**
     * How much there may be, and how much a step does.
     *
     * @param kept so long a delivery is remembered after its end
     * @param finished so many that have ended are remembered of a webhook, the newest
     * @param waiting so many may wait for a webhook
     * @param batch so many a statement changes
     * @param batches so many statements of one kind in a step
     */
    record Bounds(Duration kept, int finished, int waiting, int batch, int batches) {

        static Bounds keeping(Duration kept) {
            return new Bounds(kept, MOST_FINISHED, MOST_WAITING, BATCH, BATCHES);
        }
    }
}
