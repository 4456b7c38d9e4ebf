package io.bascule.tasks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.log.LogLimits;
import io.bascule.tasks.log.LogWriter;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.Link;
import io.bascule.testsupport.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Redis is slow, cut off or full, under load: hints and logs may suffer, tasks do not, and both work again afterwards. */
@Timeout(600)
class RedisFaultsTests {

    private static final int TASKS = Boolean.getBoolean("bascule.soak") ? 20_000 : 100;

    private final TestRedis redis = TestRedis.startOwn();
    private final Link link = Link.to(redis.port());
    private final TaskStore store = new TaskStore();
    private final RedisTaskSignals signals = new RedisTaskSignals(address(link.port()));
    private final LogWriter logs = new LogWriter(
            new RedisLogStore(address(link.port()), Duration.ofMinutes(5), Clock.systemUTC()),
            LogLimits.DEFAULT,
            Clock.systemUTC());
    private final RedisClient client = RedisClient.create(address(redis.port()));
    private final StatefulRedisConnection<String, String> direct = client.connect();
    private final AtomicInteger woken = new AtomicInteger();
    private Fleet fleet;

    @BeforeEach
    void start() {
        signals.onWake(Lane.INSTANT, woken::incrementAndGet);
        fleet = new Fleet(store, store.pool(), signals, logs, Duration.ofMinutes(1));
        fleet.start();
        awaitHints();
    }

    @AfterEach
    void close() throws Exception {
        fleet.close();
        logs.close();
        signals.close();
        direct.close();
        client.shutdown();
        link.close();
        redis.stop();
        store.close();
    }

    @Test
    void aSlowRedisDelaysLogsAndLosesNoTask() throws Exception {
        link.slow(Duration.ofMillis(20));

        everyTaskEnds();

        assertThat(link.slowed()).isPositive();
    }

    @Test
    void tasksGoOnWhileRedisIsCutOffAndHintsAndLogsComeBack() throws Exception {
        link.cut();

        everyTaskEnds();

        assertThat(link.swallowed()).isPositive();
        link.restore();
        awaitHints();
        awaitLogs();
    }

    @Test
    void tasksGoOnWhileRedisIsFullAndLogsComeBack() throws Exception {
        configure("maxmemory-policy", "noeviction");
        configure("maxmemory", "1");

        everyTaskEnds();

        Await.until(() -> direct.sync().info("errorstats").contains("errorstat_OOM"));
        assertThat(keptLogs()).isZero();
        configure("maxmemory", "0");
        awaitLogs();
    }

    private void everyTaskEnds() throws Exception {
        fleet.submit(TASKS);
        fleet.awaitEnd();
        assertThat(fleet.ledger().violations(Fleet.LIMITS, 1)).isEmpty();
        assertThat(fleet.ledger().losses()).isZero();
    }

    /** Until one arrives. */
    private void awaitHints() {
        int before = woken.get();
        Await.until(() -> {
            direct.sync().publish("tasks:wake:instant", "");
            return woken.get() > before;
        });
    }

    /** Until a task's log is stored. */
    private void awaitLogs() {
        Await.until(() -> {
            fleet.submit(10);
            fleet.awaitEnd();
            return keptLogs() > 0;
        });
    }

    private int keptLogs() {
        return direct.sync().keys("task-log:*").size();
    }

    private void configure(String name, String value) {
        direct.sync().configSet(name, value);
    }

    private static RedisURI address(int port) {
        return RedisURI.create("redis://127.0.0.1:" + port);
    }
}
