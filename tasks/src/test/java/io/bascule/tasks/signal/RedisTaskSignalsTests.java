package io.bascule.tasks.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.testsupport.TestRedis;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedisTaskSignalsTests extends TaskSignalsContract {

    private final RedisTaskSignals sender = at(TestRedis.shared().port());
    private final RedisTaskSignals receiver = at(TestRedis.shared().port());

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    @Override
    TaskSignals sender() {
        return sender;
    }

    @Override
    TaskSignals receiver() {
        return receiver;
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
