package io.bascule.tasks.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.redis.RedisAddress;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestRedisCluster;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each side knows another node of the cluster. */
@Timeout(120)
class RedisClusterSignalsTests extends TaskSignalsContract {

    private static final String ASKING = "{tasks:hints}:asking";

    private static final TestRedisCluster CLUSTER = TestRedisCluster.startOwn();

    private final RedisTaskSignals sender = at(CLUSTER.ports().getFirst());
    private final RedisTaskSignals receiver = at(CLUSTER.ports().getLast());

    @BeforeEach
    void nobodyAsks() {
        String _ = CLUSTER.ask(CLUSTER.holder(ASKING), "DEL " + ASKING);
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
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
        askUntil(hints, () -> askingAt(CLUSTER.holder(ASKING)) == workers);
    }

    /** Of two that ask only one hears of one task: there nobody is taken for gone who is not. */
    @Test
    void aWorkerFollowsItsHintsToAnotherNode() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Hints first = asking("worker", heard, 1);
        Hints second = asking("worker", heard, 2);
        int before = CLUSTER.holder(ASKING);

        CLUSTER.move(ASKING, another(before));

        assertOneOfTwoIsTold(first, second, heard);
    }

    @Test
    void aWorkerFollowsItsHintsToTheReplicaOfALostNode() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        int before = CLUSTER.holder(ASKING);
        int replica = CLUSTER.addReplica(before);
        Hints first = asking("worker", heard, 1);
        Hints second = asking("worker", heard, 2);

        CLUSTER.stop(before);
        Await.until(() -> CLUSTER.holder(ASKING) == replica);

        assertOneOfTwoIsTold(first, second, heard);
    }

    /** Listening at the new node, a worker is told to look. */
    private void assertOneOfTwoIsTold(Hints first, Hints second, BlockingQueue<String> heard) throws Exception {
        Await.until(() -> listeningAt(CLUSTER.holder(ASKING)) == 2);
        String _ = next(heard);
        String _ = next(heard);
        heard.clear();
        first.ask();
        second.ask();
        Await.until(() -> askingAt(CLUSTER.holder(ASKING)) == 2);
        String told = null;
        while (told == null) {
            // A sender that does not know the new node yet loses a hint; one that only takes long has a worker's name
            // already.
            if (askingAt(CLUSTER.holder(ASKING)) == 2) {
                sender.wake(Lane.QUEUED, 1);
            }
            told = heard.poll(3, TimeUnit.SECONDS);
        }

        assertThat(askingAt(CLUSTER.holder(ASKING))).isEqualTo(1);
        assertThat(heard).isEmpty();
    }

    private int askingAt(int port) {
        return port < 0 ? -1 : Integer.parseInt(CLUSTER.ask(port, "ZCARD " + ASKING));
    }

    private long listeningAt(int port) {
        if (port < 0) {
            return -1;
        }
        return CLUSTER.ask(port, "PUBSUB CHANNELS tasks:hint:*").lines().count();
    }

    private int another(int port) {
        return CLUSTER.ports().stream().filter(each -> each != port).findFirst().orElseThrow();
    }

    private static RedisTaskSignals at(int port) {
        return new RedisTaskSignals(new RedisAddress.Cluster(List.of(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withPassword(TestRedisCluster.PASSWORD.toCharArray())
                .withTimeout(Duration.ofSeconds(2))
                .build())));
    }
}
