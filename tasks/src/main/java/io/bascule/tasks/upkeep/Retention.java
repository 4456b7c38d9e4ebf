package io.bascule.tasks.upkeep;

import io.bascule.tasks.store.JdbcRetention;
import io.bascule.tasks.upkeep.Turns.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes what nobody needs any more: events once they are published and counted and their day is over, ended tasks after
 * the time they are kept and with them their callbacks, idempotency keys after a day, workers that have not been seen for an hour. Every piece is a
 * transaction of its own, so a pass that is cut short has done what it did; two passes at once do no harm.
 */
public class Retention implements UpkeepStep {

    /** Shorter would forget the task of an idempotency key that still stands for it. */
    public static final Duration SHORTEST_HISTORY = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private static final int MOST_BATCHES = 100;

    private final TransactionTemplate transaction;
    private final Turns turns;
    private final JdbcRetention store;
    private final Duration history;
    private final Consumer<Removed> listener;

    /**
     * @param history how long ended tasks are kept after their end
     * @param listener told of every pass that this process made, on the thread that made it
     */
    public Retention(
            JdbcClient database, TransactionTemplate transaction, Duration history, Consumer<Removed> listener) {
        if (history.compareTo(SHORTEST_HISTORY) < 0) {
            throw new IllegalArgumentException("history: %s (expected: 1 day or more)".formatted(history));
        }
        this.transaction = transaction;
        this.turns = new Turns(database);
        this.store = new JdbcRetention(database);
        this.history = history;
        this.listener = listener;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public int step() {
        return transaction.execute(_ -> turns.take("retention", every())).map(Turn::now).stream()
                .mapToInt(now -> step(now).size())
                .sum();
    }

    /** One pass as of a moment, whoever's turn it is. */
    Removed step(Instant now) {
        Instant keptFrom = now.minus(history);
        List<String> overDays = store.eventDays(now);
        int events = (int)
                overDays.stream().filter(day -> store.dropEvents(day, now)).count();
        var removed = new Removed(
                events,
                dropHistory(keptFrom),
                batches(store::deleteStrayEvents) + batches(() -> store.deleteStrayHistory(keptFrom)),
                batches(store::deleteKeys),
                batches(() -> store.deleteCallbacks(keptFrom)),
                store.deleteWorkers(),
                overDays.size() - events);
        tell(removed);
        return removed;
    }

    private void tell(Removed removed) {
        if (removed.size() > 0) {
            log.info("Removed {}", removed);
        }
        if (removed.heldEventDays() > 1) {
            log.warn(
                    "{} days of events are kept beyond their time: not all is published and counted, or the table is being read. Is Kafka away, or a transaction open for long?",
                    removed.heldEventDays());
        }
        listener.accept(removed);
    }

    private int dropHistory(Instant keptFrom) {
        store.historyDays(keptFrom).forEach(day -> store.detachHistory(day, keptFrom));
        return store.dropDetachedHistory(keptFrom);
    }

    private static int batches(IntSupplier delete) {
        int deleted = 0;
        int last = JdbcRetention.BATCH;
        for (int batch = 0; batch < MOST_BATCHES && last == JdbcRetention.BATCH; batch++) {
            last = delete.getAsInt();
            deleted += last;
        }
        return deleted;
    }
}
