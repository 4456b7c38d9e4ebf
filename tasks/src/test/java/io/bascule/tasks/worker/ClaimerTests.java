package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.signal.LocalTaskSignals;
import io.bascule.tasks.store.JdbcRounds;
import io.bascule.testsupport.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

@Timeout(60)
class ClaimerTests {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final WorkerSettings SETTINGS = new WorkerSettings(
            "w", Lane.INSTANT, 4, 3, POLL, WorkerSettings.LEASE, WorkerSettings.BEAT, Duration.ofMillis(1));

    /** It would claim ahead, and has a reason that no claim has answered. */
    @Test
    void aDatabaseThatRefusesAtOnceIsAskedOnceAPoll() throws Exception {
        var appetite = new Appetite(SETTINGS, Map::of, () -> 0);
        for (int handler = 0; handler < 64; handler++) {
            appetite.ending(Duration.ZERO);
        }
        var refusing = new Refusing(false);
        var claimer = new Claimer(
                SETTINGS, new JdbcRounds(new JdbcTemplate(refusing)), appetite, new LocalTaskSignals(), _ -> true);
        appetite.hint();
        long start = System.nanoTime();
        claimer.start();
        try {
            refusing.awaitAsked(7);

            // Before the first nobody waits, nor before the second, if the worker was told to look as it began to
            // listen.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(POLL.multipliedBy(5));
            Await.until(appetite::hungry);
        } finally {
            claimer.stop();
        }
    }

    /** Such as one of the virtual machine, which has no memory or no thread left for a moment. */
    @Test
    void anErrorEndsTheClaimAndNotTheClaiming() throws Exception {
        var failing = new Refusing(true);
        var claimer = new Claimer(
                SETTINGS,
                new JdbcRounds(new JdbcTemplate(failing)),
                new Appetite(SETTINGS, Map::of, () -> 0),
                new LocalTaskSignals(),
                _ -> true);
        claimer.start();
        try {
            failing.awaitAsked(3);
        } finally {
            claimer.stop();
        }
    }

    /** As a pool in front of a database that is away. */
    private static final class Refusing extends AbstractDataSource {

        private final Semaphore asked = new Semaphore(0);
        private final boolean byError;

        Refusing(boolean byError) {
            this.byError = byError;
        }

        void awaitAsked(int times) throws InterruptedException {
            assertThat(asked.tryAcquire(times, 30, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public Connection getConnection() throws SQLException {
            asked.release();
            if (byError) {
                throw new OutOfMemoryError("as if");
            }
            throw new SQLException("no");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
