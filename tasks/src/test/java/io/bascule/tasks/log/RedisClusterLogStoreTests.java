package io.bascule.tasks.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.redis.RedisAddress;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestRedisCluster;
import io.lettuce.core.RedisURI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs lie at all nodes, the list of those that are open at one of them. */
@Timeout(120)
class RedisClusterLogStoreTests extends LogStoreContract {

    private static final TestRedisCluster CLUSTER = TestRedisCluster.startOwn();

    private final LogStore store = new RedisLogStore(
            new RedisAddress.Cluster(List.of(RedisURI.builder()
                    .withHost("127.0.0.1")
                    .withPort(CLUSTER.ports().getFirst())
                    .withPassword(TestRedisCluster.PASSWORD.toCharArray())
                    .withTimeout(Duration.ofSeconds(2))
                    .build())),
            Duration.ofMinutes(1),
            Clock.systemUTC());

    @BeforeEach
    void awaitConnection() {
        Await.until(this::isReachable);
    }

    private boolean isReachable() {
        try {
            return store.read(log(), LogPosition.START, 1).isEmpty();
        } catch (LogsAwayException notYet) {
            return false;
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    @Override
    LogStore store() {
        return store;
    }

    @Test
    void theLogsOfManyTasksLieAtAllNodesAndAreClosedOneByOne() {
        List<LogKey> logs = Stream.generate(() -> new LogKey(log().workspace(), UUID.randomUUID()))
                .limit(30)
                .toList();
        logs.forEach(log -> store.append(log, List.of(line(1, 1), line(1, 2))));

        assertThat(CLUSTER.ports())
                .allSatisfy(port -> assertThat(Integer.parseInt(CLUSTER.ask(port, "DBSIZE")))
                        .isPositive());
        for (LogStore.OpenLog open : store.open(Instant.now().plusSeconds(1), 10_000)) {
            assertThat(store.read(open.key(), LogPosition.START, 9)).isNotEmpty();
            store.archived(open);
        }
        assertThat(store.open(Instant.now().plusSeconds(1), 10_000)).isEmpty();
    }

    @Test
    void aLogGoesOnWhenItsSlotMoves() {
        store.append(log(), List.of(line(1, 1)));
        String key = "task-log:%s:%s".formatted(log().workspace(), log().task());
        int before = CLUSTER.holder(key);
        int after = CLUSTER.ports().stream()
                .filter(port -> port != before)
                .findFirst()
                .orElseThrow();

        CLUSTER.move(key, after);
        store.append(log(), List.of(line(1, 2)));

        assertThat(store.read(log(), LogPosition.START, 9)).containsExactly(line(1, 1), line(1, 2));
        Await.until(() -> CLUSTER.ask(after, "XLEN " + key).equals("2"));
    }
}
