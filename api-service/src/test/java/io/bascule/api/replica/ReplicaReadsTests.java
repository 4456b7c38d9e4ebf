package io.bascule.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.api.replica.ReplicaState.Away;
import io.bascule.api.replica.ReplicaState.Fit;
import io.bascule.api.replica.ReplicaState.Late;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestReplica;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Against a real standby, which is stopped, and whose replay is paused. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(180)
class ReplicaReadsTests {

    private static final int CONNECTIONS = 3;
    private static final Duration MAX_LAG = Duration.ofSeconds(10);

    /** By the watch's clock time passes when a test says so. */
    private final AtomicLong nanos = new AtomicLong();

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private TestReplica servers;
    private JdbcClient primary;
    private Standby standby;
    private WatchReplica watch;
    private LongReads reads;

    @BeforeAll
    void startServers(@TempDir Path folder) throws IOException {
        servers = TestReplica.start(folder);
        primary = JdbcClient.create(servers.primary());
        primary.sql("create table said (word text)").update();
    }

    @AfterAll
    void stopServers() {
        servers.close();
    }

    @BeforeEach
    void connect() {
        var properties = properties(Duration.ofSeconds(30), Duration.ofSeconds(30));
        standby = Standby.of(properties, new DataSourceProperties());
        watch = watch(standby);
        reads = reads(properties);
        awaitFit();
    }

    @AfterEach
    void disconnect() {
        standby.close();
    }

    @Test
    void whatWasCommittedBeforeIsFoundAtTheReplica() {
        for (int number = 0; number < 50; number++) {
            String word = "w" + number;
            primary.sql("insert into said values (?)").param(word).update();

            List<Boolean> atReplica =
                    reads.read(database -> database.sql("select pg_is_in_recovery() from said where word = ?")
                            .param(word)
                            .query(Boolean.class)
                            .list());

            assertThat(atReplica).containsExactly(true);
        }
        assertThat(count("replica")).isEqualTo(50);
        assertThat(count("primary")).isZero();
        assertThat(lag()).isBetween(0.0, 10.0);
    }

    @Test
    void whileReplayIsPausedThePrimaryAnswersAndLateItIsNotEvenAsked() {
        reads = reads(properties(Duration.ofMillis(50), Duration.ofSeconds(30)));
        pause();
        try {
            primary.sql("insert into said values ('paused')").update();

            assertThat(saidAtReplica("paused")).isFalse();

            watch.step();
            assertThat(watch.state()).isInstanceOf(Fit.class);
            nanos.addAndGet(MAX_LAG.plusSeconds(1).toNanos());
            watch.step();
            assertThat(watch.state()).isInstanceOf(Late.class);
            assertThat(lag()).isGreaterThan(10);
            assertThat(saidAtReplica("paused")).isFalse();
        } finally {
            resume();
        }
        awaitFit();
        reads = reads(properties(Duration.ofSeconds(30), Duration.ofSeconds(30)));
        assertThat(saidAtReplica("paused")).isTrue();
    }

    @Test
    void whileItIsStoppedThePrimaryAnswersAndAfterwardsItDoesAgain() {
        primary.sql("insert into said values ('stopped')").update();
        servers.stopStandby();
        try {
            assertThat(saidAtReplica("stopped")).isFalse();
            assertThat(watch.state()).isInstanceOf(Away.class);
            watch.step();
            assertThat(watch.state()).isInstanceOf(Away.class);
            assertThat(lag()).isNaN();
        } finally {
            servers.startStandby();
        }

        awaitFit();
        assertThat(saidAtReplica("stopped")).isTrue();
    }

    @Test
    void readsBeyondItsConnectionsGoToThePrimaryAndItIsNotTakenForDead() {
        List<Boolean> answeredByStandby = new ArrayList<>();

        readDeeper(CONNECTIONS + 1, answeredByStandby);

        assertThat(answeredByStandby.getFirst()).isFalse();
        assertThat(answeredByStandby.subList(1, CONNECTIONS + 1))
                .hasSize(CONNECTIONS)
                .containsOnly(true);
        watch.step();
        assertThat(watch.state()).isInstanceOf(Fit.class);
    }

    /** Each read goes on within the one before. */
    private void readDeeper(int depth, List<Boolean> answeredByStandby) {
        if (depth > 0) {
            var _ = reads.read(database -> {
                readDeeper(depth - 1, answeredByStandby);
                return answeredByStandby.add(database.sql("select pg_is_in_recovery()")
                        .query(Boolean.class)
                        .single());
            });
        }
    }

    @Test
    void aStatementThatTakesTooLongThereIsNotAskedOfThePrimary() {
        reads = reads(properties(Duration.ofSeconds(30), Duration.ofMillis(100)));

        assertThatThrownBy(() -> reads.read(database -> database.sql("select pg_sleep(120)::text")
                        .query(String.class)
                        .list()))
                .hasMessageContaining("statement timeout");

        assertThat(watch.state()).isInstanceOf(Fit.class);
    }

    @Test
    void nothingIsChangedThere() {
        assertThatThrownBy(() -> reads.read(database ->
                        database.sql("insert into said values ('no')").update()))
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void aPrimaryIsNoReplica() {
        var wrong = new WatchReplica(primary, primary, MAX_LAG, System::nanoTime);

        wrong.step();

        assertThat(wrong.state())
                .isInstanceOfSatisfying(
                        Away.class, away -> assertThat(away.reason()).contains("no standby"));
    }

    @Test
    void aLookThatTakesTooLongCountsAsNone() {
        assertThat(watch.state()).isInstanceOf(Fit.class);

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(watch.state()).isInstanceOf(Away.class);
    }

    private boolean saidAtReplica(String word) {
        return reads.read(database -> database.sql("select pg_is_in_recovery() from said where word = ?")
                .param(word)
                .query(Boolean.class)
                .single());
    }

    private void pause() {
        standby.database()
                .sql("select pg_wal_replay_pause()::text")
                .query(String.class)
                .list();
        Await.until(() -> standby.database()
                .sql("select pg_get_wal_replay_pause_state() = 'paused'")
                .query(Boolean.class)
                .single());
    }

    private void resume() {
        standby.database()
                .sql("select pg_wal_replay_resume()::text")
                .query(String.class)
                .list();
    }

    private void awaitFit() {
        Await.until(() -> {
            watch.step();
            return watch.state() instanceof Fit;
        });
    }

    private WatchReplica watch(Standby of) {
        return new WatchReplica(primary, of.database(), MAX_LAG, nanos::get);
    }

    private LongReads reads(ReplicaProperties properties) {
        metrics.clear();
        return new ReplicaReads(
                primary, standby, watch, properties, System::nanoTime, new ReplicaMetrics(metrics, watch));
    }

    private ReplicaProperties properties(Duration patience, Duration timeout) {
        return new ReplicaProperties(servers.standbyUrl(), "postgres", "", CONNECTIONS, MAX_LAG, patience, timeout);
    }

    private double count(String source) {
        return metrics.get("bascule.database.replica.reads")
                .tag("from", source)
                .counter()
                .count();
    }

    private double lag() {
        return metrics.get("bascule.database.replica.lag").gauge().value();
    }
}
