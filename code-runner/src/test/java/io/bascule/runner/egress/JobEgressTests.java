package io.bascule.runner.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.resource.Connections;
import io.bascule.runner.resource.ResourceProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** What jobs' processes may make the runner hold, frame by frame. */
@Timeout(300)
class JobEgressTests {

    private static final long JOB_BYTES = 1 << 20;
    private static final int LARGE = 900_000;
    private static final int CONNECTIONS_IN_ALL = 3;
    private static final String REQUEST = "{\"url\":\"http://slow.example/\",\"method\":\"POST\"}";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void whatAJobAnnouncesCountsBeforeAnyOfItIsRead() throws Exception {
        try (var job = new AnyJob(egress(this::unknown))) {
            job.announce(1, JOB_BYTES + 1);

            assertThat(job.limitReached.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(job.frames.read()).as("the end of the connection").isNegative();
        }
    }

    @Test
    void theRequestsOfAllJobsShareOneMemory() throws Exception {
        Egress egress = egress(this::slow);
        try (var first = new AnyJob(egress);
                var second = new AnyJob(egress)) {
            first.request(1, REQUEST, LARGE);
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            second.request(7, REQUEST, LARGE);
            assertThat(second.error(7)).contains("EGRESS_BUSY").contains("memory");
            assertThat(egress.memory().heldBytes()).isBetween((long) LARGE, LARGE + JobEgress.EXCHANGE_BYTES + 100);

            answer.countDown();
            assertThat(first.error(1)).contains("ENOTFOUND");
            second.request(8, REQUEST, 1000);
            assertThat(second.error(8)).contains("ENOTFOUND");
        }
    }

    @Test
    void aRequestWithAHeadOfAnImpossibleLengthIsRefused() throws Exception {
        try (var job = new AnyJob(egress(this::unknown))) {
            job.frame(1, ByteBuffer.allocate(4).putInt(-1).flip());
            assertThat(job.error(1)).contains("EGRESS_REQUEST");
            job.frame(2, ByteBuffer.allocate(6).putInt(3).putShort((short) 0).flip());
            assertThat(job.error(2)).contains("EGRESS_REQUEST");
            job.request(3, " ".repeat(64 * 1024) + REQUEST, 0);
            assertThat(job.error(3)).contains("EGRESS_REQUEST").contains("65536");
            job.request(4, "{\"url\":\"http://slow.example/\",\"headers\":[%s[]]}".formatted("[],".repeat(200)), 0);
            assertThat(job.error(4)).contains("EGRESS_REQUEST").contains("201 headers");
        }
    }

    @Test
    void aHeaderThatCouldBecomeAnotherRequestIsRefusedAndNamed() throws Exception {
        String request = "{\"url\":\"http://slow.example/\",\"headers\":[[\"%s\",\"%s\"]]}";
        try (var job = new AnyJob(egress(this::unknown))) {
            job.request(1, request.formatted("x-a", "1"), 0);
            assertThat(job.error(1)).contains("ENOTFOUND");
            job.request(2, request.formatted("x-a: 1\\r\\nx-b", "1"), 0);
            assertThat(job.error(2)).contains("EGRESS_REQUEST").contains("a header's name (expected: ");
            job.request(3, request.formatted("x-a", "1\\r\\nx-b: 2"), 0);
            assertThat(job.error(3)).contains("EGRESS_REQUEST").contains("the value of the header x-a (expected: ");
        }
    }

    @Test
    void aFunctionIsToldOfAFailureThatNobodyForesaw() throws Exception {
        Egress egress = egress(_ -> {
            throw new IllegalStateException("unforeseen");
        });
        try (var job = new AnyJob(egress)) {
            job.request(1, REQUEST, 0);

            assertThat(job.error(1)).contains("EGRESS_FAILED").contains("unforeseen");
        }
    }

    @Test
    void aCallHasABoundOfConnectionsAndEachGivesItsMemoryBack() throws Exception {
        Egress egress = egress(this::unknown);
        try (var job = new AnyJob(egress)) {
            for (int id = 1; id <= CONNECTIONS_IN_ALL; id++) {
                job.open(id);
                String connection = job.wanted.poll(60, TimeUnit.SECONDS);
                assertThat(egress.memory().heldBytes()).isPositive();
                egress.connections().refuse(connection, "RESOURCE_NOT_FOUND", "There is none");

                assertThat(job.error(id)).contains("RESOURCE_NOT_FOUND");
                assertThat(egress.memory().heldBytes()).isZero();
            }

            job.open(4);
            assertThat(job.error(4)).contains("RESOURCE_BUSY").contains("3 connections of one call");
            assertThat(job.wanted).isEmpty();
        }
    }

    @Test
    void theEndOfAJobGivesTheMemoryOfItsConnectionsBack() throws Exception {
        Egress egress = egress(this::unknown);
        try (var job = new AnyJob(egress)) {
            job.open(1);
            assertThat(job.wanted.poll(60, TimeUnit.SECONDS)).isNotNull();
            job.open(2);
            assertThat(job.error(2)).contains("RESOURCE_BUSY").contains("1 connections at once");
            assertThat(egress.memory().heldBytes()).isPositive();

            job.own.shutdownOutput();

            assertThat(job.frames.read()).as("the end of the connection").isNegative();
            assertThat(egress.memory().heldBytes()).isZero();
        }
    }

    private InetAddress[] unknown(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }

    private InetAddress[] slow(String host) throws UnknownHostException {
        asked.countDown();
        try {
            answer.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(host);
    }

    /** Room for one large request, and not for two. */
    private static Egress egress(AddressGuard.NameService names) {
        var properties = new EgressProperties(
                List.of(),
                DataSize.ofBytes(JOB_BYTES),
                DataSize.ofKilobytes(1536),
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        return new Egress(properties, connections(), new SimpleMeterRegistry(), names, (SSLSocketFactory)
                SSLSocketFactory.getDefault());
    }

    private static Connections connections() {
        return new Connections(
                new ResourceProperties(1, CONNECTIONS_IN_ALL, Duration.ofSeconds(60), Duration.ofSeconds(60)));
    }

    /** A job's process, which says whatever it wants. */
    private static final class AnyJob implements AutoCloseable {

        final BlockingQueue<String> wanted = new LinkedBlockingQueue<>();
        final CountDownLatch limitReached = new CountDownLatch(1);
        final DataInputStream frames;
        private final SocketChannel own;

        AnyJob(Egress egress) throws IOException {
            SocketChannel served;
            try (var server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                own = SocketChannel.open(server.getLocalAddress());
                served = server.accept();
            }
            frames = new DataInputStream(own.socket().getInputStream());
            EgressPolicy policy = egress.policy(List.of("slow.example"), List.of("shop"));
            Thread.ofVirtual()
                    .start(() -> egress.serve(served, policy, new EgressListener() {
                        @Override
                        public void limitReached() {
                            limitReached.countDown();
                        }

                        @Override
                        public void resourceWanted(String connection, String resource) {
                            wanted.add(connection);
                        }
                    }));
        }

        void announce(int exchange, long length) throws IOException {
            announce(EgressChannel.REQUEST, exchange, length);
        }

        private void announce(int type, int exchange, long length) throws IOException {
            send(ByteBuffer.allocate(9)
                    .put((byte) type)
                    .putInt(exchange)
                    .putInt((int) length)
                    .flip());
        }

        /** Asks for a connection to the one resource that it may reach. */
        void open(int connection) throws IOException {
            ByteBuffer name = ByteBuffer.wrap("shop".getBytes(StandardCharsets.UTF_8));
            announce(EgressChannel.OPEN, connection, name.remaining());
            send(name);
        }

        void frame(int exchange, ByteBuffer body) throws IOException {
            announce(exchange, body.remaining());
            send(body);
        }

        void request(int exchange, String head, int bodyBytes) throws IOException {
            byte[] told = head.getBytes(StandardCharsets.UTF_8);
            frame(
                    exchange,
                    ByteBuffer.allocate(4 + told.length + bodyBytes)
                            .putInt(told.length)
                            .put(told)
                            .rewind());
        }

        /** The error that comes next, which must be for this exchange. */
        String error(int exchange) throws IOException {
            assertThat(frames.read()).isEqualTo(0x33);
            assertThat(frames.readInt()).isEqualTo(exchange);
            return new String(frames.readNBytes(frames.readInt()), StandardCharsets.UTF_8);
        }

        private void send(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                own.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            own.close();
        }
    }
}
