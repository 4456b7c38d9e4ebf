package io.bascule.tasks.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.testsupport.TestRedis;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedisTaskSignalsTests extends TaskSignalsContract {

    private final RedisClient client =
            RedisClient.create(RedisURI.create("127.0.0.1", TestRedis.shared().port()));
    private final StatefulRedisConnection<String, String> direct = client.connect();
    private final RedisTaskSignals sender = at(TestRedis.shared().port());
    private final RedisTaskSignals receiver = at(TestRedis.shared().port());

    @BeforeEach
    void nobodyAsks() {
        direct.sync().del("{tasks:hints}:asking");
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
        direct.close();
        client.shutdown();
    }

    @Override
    TaskSignals sender() {
        return sender;
    }

    @Override
    TaskSignals receiver() {
        return receiver;
    }

    @Override
    void awaitListening(BlockingQueue<String> heard) throws InterruptedException {
        String _ = next(heard);
    }

    @Override
    void awaitAsking(Hints hints, int workers) {
        askUntil(hints, () -> direct.sync().zcard("{tasks:hints}:asking") == workers);
    }

    /** What was sent meanwhile was heard by nobody. */
    @Test
    @Timeout(120)
    void aWorkerLooksWhenItsConnectionIsBack() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        asking("cut off", heard, 1);

        direct.sync().clientKill(KillArgs.Builder.typePubsub());

        assertThat(next(heard)).isEqualTo("cut off");
    }

    /** Of a release before, or of a stranger. */
    @Test
    void whatNamesNobodyIsAHintOfAnyWorkspace() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        receiver.onWake(Lane.INSTANT, () -> heard.add("any"));
        untilHeard(heard, () -> direct.sync().publish("tasks:wake:instant", ""));
        heard.clear();

        assertThat(untilHeard(heard, () -> direct.sync().publish("tasks:wake:instant", "no id")))
                .isEqualTo("any");
    }

    /** A killed one cannot say that it asks no more. */
    @Test
    @Timeout(120)
    void aWorkerWhoseProcessIsGoneTakesNoHint() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        asking("stays", heard, 1);
        direct.sync().zadd("{tasks:hints}:asking", 9e15, "killed");

        sender.wake(Lane.QUEUED, 1);

        assertThat(next(heard)).isEqualTo("stays");
    }

    @Test
    @Timeout(120)
    void anOutageDropsHintsAndIsSurvived() throws Exception {
        TestRedis redis = TestRedis.startOwn();
        try (var signals = at(redis.port())) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            signals.onWake(Lane.INSTANT, () -> heard.add("woken"));
            untilHeard(heard, () -> signals.wake(Lane.INSTANT));

            redis.stop();
            heard.clear();
            for (int hint = 0; hint < 1_000; hint++) {
                signals.wake(Lane.INSTANT);
            }
            redis.start();

            assertThat(untilHeard(heard, () -> signals.wake(Lane.INSTANT))).isEqualTo("woken");
            assertThat(heard).hasSizeLessThan(100);
        } finally {
            redis.stop();
        }
    }

    @Test
    @Timeout(120)
    void startingBeforeRedisIsThereIsNoError() throws Exception {
        TestRedis redis = TestRedis.startOwn();
        redis.stop();
        try (var signals = at(redis.port())) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            signals.onWake(Lane.INSTANT, () -> heard.add("woken"));
            signals.wake(Lane.INSTANT);
            redis.start();

            assertThat(untilHeard(heard, () -> signals.wake(Lane.INSTANT))).isEqualTo("woken");
        } finally {
            redis.stop();
        }
    }

    private static RedisTaskSignals at(int port) {
        return new RedisTaskSignals(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withTimeout(Duration.ofSeconds(2))
                .build());
    }
}
