package io.bascule.api.replica;

import io.bascule.api.replica.ReplicaState.Fit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the replica when it is fit and has caught up with the primary as it stood when the read came; the primary otherwise. */
final class ReplicaReads implements LongReads {

    private static final int DEEPEST = 20;
    private static final long PAUSE_NANOS = 5_000_000;

    /** What the server says when it ends a read for reasons of its own: replay needs the rows, too many connections. */
    private static final Set<String> BROKEN_OFF = Set.of("40001", "40P01", "53300");

    /** Of all that is written, also by commits that nobody waited for. */
    private static final String POSITION = "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint";

    private static final String CAUGHT_UP = "select pg_last_wal_replay_lsn() - '0/0'::pg_lsn >= ?";

    private final JdbcClient primary;
    private final JdbcClient replica;
    private final TransactionTemplate transaction;
    private final WatchReplica watch;
    private final ReplicaProperties properties;
    private final LongSupplier nanos;
    private final ReplicaMetrics metrics;
    private final Semaphore places;

    ReplicaReads(
            JdbcClient primary,
            Standby standby,
            WatchReplica watch,
            ReplicaProperties properties,
            LongSupplier nanos,
            ReplicaMetrics metrics) {
        this.primary = primary;
        this.replica = standby.database();
        this.transaction = standby.transaction();
        this.watch = watch;
        this.properties = properties;
        this.nanos = nanos;
        this.metrics = metrics;
        this.places = new Semaphore(properties.connections());
    }

    @Override
    public <T> T read(Function<JdbcClient, T> question) {
        Optional<T> answer = watch.state() instanceof Fit ? askIfThereIsAPlace(question) : Optional.empty();
        if (answer.isPresent()) {
            metrics.readFromReplica();
            return answer.get();
        }
        metrics.readFromPrimary();
        return question.apply(primary);
    }

    /** One that is busy is not away: what it has no place for goes to the primary, and nothing is held against it. */
    private <T> Optional<T> askIfThereIsAPlace(Function<JdbcClient, T> question) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return ask(question);
        } finally {
            places.release();
        }
    }

    private <T> Optional<T> ask(Function<JdbcClient, T> question) {
        long position = primary.sql(POSITION).query(Long.class).single();
        try {
            Answer<T> answer = transaction.execute(status -> askIn(status, question, position));
            if (answer.failure() == null) {
                return answer.value();
            }
            throw answer.failure();
        } catch (DataAccessException | TransactionException failure) {
            if (!brokenOff(failure)) {
                throw failure;
            }
            watch.suspect("it broke off a read: " + failure.getMessage());
            return Optional.empty();
        }
    }

    /** A failure is handed out and not thrown: that the rollback fails on a broken line is no news. */
    private <T> Answer<T> askIn(TransactionStatus status, Function<JdbcClient, T> question, long position) {
        try {
            bound(properties.timeout());
            return new Answer<>(caughtUp(position) ? Optional.of(question.apply(replica)) : Optional.empty(), null);
        } catch (DataAccessException failure) {
            status.setRollbackOnly();
            return new Answer<>(Optional.empty(), failure);
        }
    }

    /** Within the transaction: behind a pooler nothing else may stay set. */
    private void bound(Duration time) {
        replica.sql("select set_config('statement_timeout', ?, true)")
                .param(Long.toString(time.toMillis()))
                .query(String.class)
                .single();
    }

    /** The next statement has a snapshot of its own. */
    private boolean caughtUp(long position) {
        long end = nanos.getAsLong() + properties.patience().toNanos();
        while (!replica.sql(CAUGHT_UP).param(position).query(Boolean.class).single()) {
            if (nanos.getAsLong() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** Not when the statement took too long: the primary is not to take as long. */
    private static boolean brokenOff(Exception failure) {
        SQLException cause = sql(failure);
        String state = cause == null ? null : cause.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P") || BROKEN_OFF.contains(state);
    }

    private static @Nullable SQLException sql(Exception failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SQLException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private record Answer<T>(Optional<T> value, @Nullable DataAccessException failure) {}
}
