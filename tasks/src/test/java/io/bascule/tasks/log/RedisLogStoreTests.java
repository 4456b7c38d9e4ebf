package io.bascule.tasks.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestRedis;
import io.lettuce.core.RedisURI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RedisLogStoreTests extends LogStoreContract {

    private final LogStore store = at(TestRedis.shared().port(), Duration.ofMinutes(1));

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    LogStore store() {
        return store;
    }

    @Test
    void theLastTenAttemptsAreKept() {
        for (int attempt = 1; attempt <= 12; attempt++) {
            store.append(log(), List.of(line(attempt, 1), line(attempt, 2)));
        }

        List<LogLine> kept = store.read(log(), LogPosition.START, 100);
        assertThat(kept).hasSize(20);
        assertThat(kept.getFirst()).isEqualTo(line(3, 1));
    }

    @Test
    void aLogThatNobodyWritesToGoesAway() {
        try (LogStore brief = at(TestRedis.shared().port(), Duration.ofMillis(200))) {
            brief.append(log(), List.of(line(1, 1)));

            Await.until(() -> brief.read(log(), LogPosition.START, 1).isEmpty());
        }
    }

    @Test
    void whereNobodyArchivesOpenLogsAreForgottenWithTheirLines() {
        LogKey later = new LogKey(log().workspace(), UUID.randomUUID());
        try (LogStore brief = at(TestRedis.shared().port(), Duration.ofMillis(200))) {
            brief.append(log(), List.of(line(1, 1)));
            Await.until(() -> brief.read(log(), LogPosition.START, 1).isEmpty());

            brief.append(later, List.of(line(1, 1)));

            assertThat(brief.open(Instant.now().plusSeconds(1), 10_000))
                    .extracting(LogStore.OpenLog::key)
                    .contains(later)
                    .doesNotContain(log());
        }
    }

    @Test
    void whileRedisIsAwayCallsFailAtOnceAndAfterwardsTheyWorkAgain() {
        TestRedis redis = TestRedis.startOwn();
        try (LogStore own = at(redis.port(), Duration.ofMinutes(1))) {
            own.append(log(), List.of(line(1, 1)));

            redis.stop();
            assertThatThrownBy(() -> {
                        own.append(log(), List.of(line(1, 2)));
                        own.append(log(), List.of(line(1, 2)));
                    })
                    .isInstanceOf(LogsAwayException.class);
            redis.start();

            Await.until(() -> works(own));
        } finally {
            redis.stop();
        }
    }

    private boolean works(LogStore own) {
        try {
            own.append(log(), List.of(line(1, 3)));
            return own.read(log(), LogPosition.START, 9).contains(line(1, 3));
        } catch (LogsAwayException notYet) {
            return false;
        }
    }

    static LogStore at(int port, Duration keep) {
        return new RedisLogStore(
                RedisURI.builder()
                        .withHost("127.0.0.1")
                        .withPort(port)
                        .withTimeout(Duration.ofSeconds(2))
                        .build(),
                keep,
                Clock.systemUTC());
    }
}
