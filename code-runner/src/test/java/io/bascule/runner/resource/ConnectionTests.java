package io.bascule.runner.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a connection, with both its sides in the test's hand. */
@Timeout(120)
class ConnectionTests {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final BlockingQueue<String> process = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> resource = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void whatTheProcessSendsGoesOnAndIsToldAsTaken() throws Exception {
        Connections connections = connections(LONG, LONG);
        Connection connection = open(connections);
        assertThat(connection.write(bytes("before"))).isTrue();

        assertThat(connections.carry(connection.id(), new ResourceSide())).contains(connection);

        assertThat(next(process)).isEqualTo("opened");
        assertThat(next(resource)).isEqualTo("before");
        assertThat(next(process)).isEqualTo("taken 6");
        connection.received("answer".getBytes(StandardCharsets.US_ASCII));
        assertThat(next(process)).isEqualTo("data answer");
    }

    @Test
    void itIsOverWhenBothSidesHaveEnded() throws Exception {
        Connections connections = connections(LONG, LONG);
        Connection connection = open(connections);
        connections.carry(connection.id(), new ResourceSide());
        connection.finish();
        assertThat(next(resource)).isEqualTo("end");
        assertThat(over.getCount()).as("the resource may still send").isOne();

        connection.ended();

        assertThat(next(resource)).isEqualTo("close");
        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itIsCarriedOnce() throws Exception {
        Connections connections = connections(LONG, LONG);
        Connection connection = open(connections);

        assertThat(connections.carry(connection.id(), new ResourceSide())).isPresent();
        assertThat(connections.carry(connection.id(), new ResourceSide())).isEmpty();
        assertThat(connections.carry("unknown", new ResourceSide())).isEmpty();
    }

    @Test
    void whatTheProcessGaveUpIsCarriedByNobody() throws Exception {
        Connections connections = connections(LONG, LONG);
        Connection connection = open(connections);

        connection.abort();

        assertThat(connections.carry(connection.id(), new ResourceSide())).isEmpty();
        assertThat(process).isEmpty();
    }

    @Test
    void whatNobodyCarriesInTimeFails() throws Exception {
        open(connections(SHORT, LONG));

        assertThat(next(process)).startsWith("failed RESOURCE_FAILED").contains("PT0.02S");
        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aConnectionOnWhichNothingPassesEnds() throws Exception {
        Connections connections = connections(LONG, SHORT);
        Connection connection = open(connections);
        connections.carry(connection.id(), new ResourceSide());

        assertThat(next(process)).isEqualTo("opened");
        assertThat(next(process)).startsWith("failed RESOURCE_IDLE");
        assertThat(next(resource)).isEqualTo("close");
    }

    @Test
    void moreThanAWindowIsRefused() {
        Connection connection = open(connections(LONG, LONG));

        assertThat(connection.write(ByteBuffer.allocate(Connection.WINDOW))).isTrue();
        assertThat(connection.write(ByteBuffer.allocate(1))).isFalse();
    }

    @Test
    void aRefusalIsToldWithItsReason() throws Exception {
        Connections connections = connections(LONG, LONG);
        Connection connection = open(connections);

        connections.refuse(connection.id(), "AGENT_OFFLINE", "it is away");

        assertThat(next(process)).isEqualTo("failed AGENT_OFFLINE it is away");
        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private Connection open(Connections connections) {
        return connections.open(new TestProcess(), over::countDown);
    }

    private static Connections connections(Duration openedWithin, Duration idle) {
        return new Connections(new ResourceProperties(1, 1, openedWithin, idle));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
    }

    private final class TestProcess implements ProcessSide {

        @Override
        public void opened() {
            process.add("opened");
        }

        @Override
        public void data(byte[] bytes) {
            process.add("data " + new String(bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void ended() {
            process.add("ended");
        }

        @Override
        public void taken(int bytes) {
            process.add("taken " + bytes);
        }

        @Override
        public void failed(String code, String message) {
            process.add("failed %s %s".formatted(code, message));
        }
    }

    private final class ResourceSide implements Carrier {

        @Override
        public void send(byte[] bytes) {
            resource.add(new String(bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void end() {
            resource.add("end");
        }

        @Override
        public void close() {
            resource.add("close");
        }
    }
}
