package io.bascule.api.replica;

import io.bascule.api.replica.ReplicaState.Away;
import io.bascule.api.replica.ReplicaState.Fit;
import io.bascule.api.replica.ReplicaState.Late;
import io.bascule.service.steps.RepeatingStep;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows how far the replica is behind, from a look at both databases each second, and tells the log when that changes what is
 * asked of it. Start and stop may be called repeatedly.
 */
class WatchReplica implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WatchReplica.class);

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** A look that takes longer says that it does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final String PRIMARY = """
            select system_identifier::text as cluster, pg_is_in_recovery() as standby,
                case when not pg_is_in_recovery() then (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint end as position
            from pg_control_system()""";

    private static final String REPLICA = """
            select system_identifier::text as cluster, pg_is_in_recovery() as standby,
                (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint as position
            from pg_control_system()""";

    private final JdbcClient primary;
    private final JdbcClient replica;
    private final Duration maxLag;
    private final LongSupplier nanos;
    private final Positions positions = new Positions();
    private volatile ReplicaState state = new Away("it has not been asked yet");
    private volatile long lookedAt;
    private final RepeatingStep looks = RepeatingStep.atOnce("watch-replica", EVERY, this::step);
    private volatile boolean running;

    /** @param nanos a time that never goes back */
    WatchReplica(JdbcClient primary, JdbcClient replica, Duration maxLag, LongSupplier nanos) {
        this.primary = primary;
        this.replica = replica;
        this.maxLag = maxLag;
        this.nanos = nanos;
    }

    ReplicaState state() {
        boolean old = nanos.getAsLong() - lookedAt > PATIENCE.toNanos();
        return old && state instanceof Fit ? new Away("it is slow to answer") : state;
    }

    /** Somebody asked it in vain: it is not asked again before the next look. */
    void suspect(String reason) {
        note(new Away(reason));
    }

    @Override
    public void start() {
        running = true;
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Looks once. */
    synchronized void step() {
        Standing above = ask(primary, PRIMARY);
        if (above != null && above.position() != null) {
            positions.add(above.position(), nanos.getAsLong());
        }
        Standing below = ask(replica, REPLICA);
        lookedAt = nanos.getAsLong();
        note(below == null ? new Away("it does not answer") : judge(above, below));
    }

    private ReplicaState judge(@Nullable Standing above, Standing below) {
        if (!below.standby() || below.position() == null) {
            return new Away("it is no standby (bascule.database.replica.url leads to a primary)");
        }
        if (above != null && !above.cluster().equals(below.cluster())) {
            return new Away("it is a standby of another cluster");
        }
        return positions
                .lag(below.position(), nanos.getAsLong())
                .<ReplicaState>map(lag -> lag.compareTo(maxLag) > 0 ? new Late(lag) : new Fit(lag))
                .orElseGet(() -> new Late(maxLag.plus(EVERY)));
    }

    private static @Nullable Standing ask(JdbcClient database, String question) {
        try {
            return database.sql(question).query((row, _) -> standing(row)).single();
        } catch (RuntimeException away) {
            log.debug("a database does not say where its log is", away);
            return null;
        }
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                Objects.requireNonNull(row.getString("cluster")),
                row.getBoolean("standby"),
                row.getObject("position", Long.class));
    }

    private void note(ReplicaState now) {
        ReplicaState before = state;
        state = now;
        boolean fit = now instanceof Fit;
        if (fit && !(before instanceof Fit)) {
            log.info("The read replica is used for long reads");
        }
        if (!fit && before instanceof Fit) {
            log.warn("Long reads go to the primary; of the read replica is known: {}", told(now));
        }
    }

    private static String told(ReplicaState state) {
        return switch (state) {
            case Fit(var lag) -> "it is %d ms behind".formatted(lag.toMillis());
            case Late(var lag) -> "it is %d s behind".formatted(lag.toSeconds());
            case Away(var reason) -> reason;
        };
    }

    private record Standing(
            String cluster, boolean standby, @Nullable Long position) {}
}
