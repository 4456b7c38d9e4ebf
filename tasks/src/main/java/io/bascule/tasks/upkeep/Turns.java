package io.bascule.tasks.upkeep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who does a recurring piece of work: the first to come when it is due. Called in the transaction that does the work. */
final class Turns {

    /** A tick that comes a little early takes the turn all the same. */
    private static final double EARLY = 0.8;

    private static final String DUE = """
            select last_at, quiet_until, clock_timestamp() as now from upkeep_turns
            where name = ? and last_at <= clock_timestamp() - ? * interval '1 ms' for update skip locked""";

    private static final String TAKE = "update upkeep_turns set last_at = ?, quiet_until = ? where name = ?";

    private final JdbcClient database;

    Turns(JdbcClient database) {
        this.database = database;
    }

    /** The turn, if it is due and nobody else is taking it. It is taken when the transaction commits. */
    Optional<Turn> take(String name, Duration every) {
        Optional<Turn> due = due(name, every);
        due.ifPresent(turn -> store(name, turn.now(), turn.quietUntil()));
        return due;
    }

    Optional<Turn> due(String name, Duration every) {
        return database.sql(DUE)
                .params(name, (long) (every.toMillis() * EARLY))
                .query((row, _) -> turn(row))
                .optional();
    }

    void store(String name, Instant now, Instant quietUntil) {
        database.sql(TAKE)
                .params(now.atOffset(ZoneOffset.UTC), quietUntil.atOffset(ZoneOffset.UTC), name)
                .update();
    }

    private static Turn turn(ResultSet row) throws SQLException {
        return new Turn(instant(row, "last_at"), instant(row, "quiet_until"), instant(row, "now"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /**
     * A turn at the work.
     *
     * @param lastAt when it was done last
     * @param now by the database's clock
     */
    record Turn(Instant lastAt, Instant quietUntil, Instant now) {}
}
