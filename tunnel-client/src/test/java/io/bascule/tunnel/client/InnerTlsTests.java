package io.bascule.tunnel.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.Streams;
import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS from end to end inside a tunnel: what a bridge sees of it, and what it can do to it. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class InnerTlsTests {

    private static final String SECRET = "the password is mellon";

    private TunnelFixture tunnel;

    @BeforeEach
    void start() throws Exception {
        tunnel = new TunnelFixture();
    }

    @AfterEach
    void stop() throws Exception {
        tunnel.close();
    }

    @Test
    void aBridgeSeesCiphertextOnly() throws Exception {
        assertThat(whatABridgeSees(Inner.TLS)).isNotEmpty().doesNotContain(SECRET);
    }

    @Test
    void withoutInnerTlsABridgeSeesEverything() throws Exception {
        assertThat(whatABridgeSees(Inner.NONE)).contains(SECRET);
    }

    @Test
    void bytesPassWholeWhileLegsBreak() throws Exception {
        FakeBridge first = tunnel.bridge("bridge-0");
        FakeBridge second = tunnel.bridge("bridge-1");
        tunnel.inside(Inner.TLS).open(first.grant(), second.grant());
        CompletableFuture<Integer> breaks = Transfer.breaking(tunnel, 5, first, second);

        Transfer.bothWays(tunnel, 24 << 20);

        // How many there is time for depends on the machine: bytes do not wait for who breaks legs.
        assertThat(Transfer.result(breaks)).isPositive();
    }

    @Test
    void oneSideMayCloseWhileTheOtherStillSends() throws Exception {
        tunnel.inside(Inner.TLS).open(tunnel.bridge("bridge-0").grant());
        Transfer.exchange(tunnel);
        CompletableFuture<String> question = Streams.sending(tunnel.atClient.program(), 10_000, 1);
        assertThat(Transfer.result(Streams.receiving(tunnel.atAgent.program()))).isEqualTo(Transfer.result(question));

        CompletableFuture<String> answer = Streams.sending(tunnel.atAgent.program(), 2 << 20, 2);

        assertThat(Transfer.result(Streams.receiving(tunnel.atClient.program())))
                .isEqualTo(Transfer.result(answer));
        assertThat(tunnel.outcomeAtClient()).isInstanceOf(TunnelOutcome.Finished.class);
    }

    @Test
    void aBridgeCannotCutAStreamUnnoticed() throws Exception {
        assertThatThrownBy(() -> readToAForgedEnd(Inner.TLS)).isInstanceOf(IOException.class);
        assertThat(tunnel.outcomeAtAgent()).isInstanceOf(TunnelOutcome.Reset.class);
    }

    @Test
    void withoutInnerTlsABridgeCanCutAStreamUnnoticed() throws Exception {
        assertThat(readToAForgedEnd(Inner.NONE)).isEqualTo(-1);
    }

    @Test
    void onlyTheExpectedOtherEndIsTalkedTo() throws Exception {
        TestAuthority authority = new TestAuthority();
        UUID id = UUID.randomUUID();
        EndCredentials client = authority.credentials("session", "client");
        EndCredentials agent = authority.credentials(id.toString(), "agent");
        OtherEnd expectedClient = new OtherEnd.Client(
                OtherEnd.thumbprint(client.certificateChain().getFirst()));
        OtherEnd expectedAgent = new OtherEnd.Agent(id);

        assertThat(greet(client, expectedAgent, agent, expectedClient)).isEqualTo("hello");

        EndCredentials strangeAgent = authority.credentials(UUID.randomUUID().toString(), "agent");
        assertThatThrownBy(() -> greet(client, expectedAgent, strangeAgent, expectedClient))
                .hasStackTraceContaining("expected: agent " + id);
        EndCredentials strangeClient = authority.credentials("session", "client");
        assertThatThrownBy(() -> greet(strangeClient, expectedAgent, agent, expectedClient))
                .hasStackTraceContaining("not the right one");
    }

    @Test
    void aChangedByteEndsBothDirections() throws Exception {
        try (Joined joined = Joined.trusting()) {
            CompletableFuture<String> there = Streams.background(() -> joined.carry(joined.client, joined.agent));
            CompletableFuture<String> back = Streams.background(() -> joined.carry(joined.agent, joined.client));
            assertThat(joined.hello()).isEqualTo("hello");
            CompletableFuture<String> _ = Streams.sending(joined.far.program(), 64 << 20, 1);

            joined.bridge = records -> {
                records[records.length - 1] ^= 1;
                return records;
            };
            CompletableFuture<String> _ = Streams.sending(joined.near.program(), 64 << 20, 2);

            assertThatThrownBy(() -> Transfer.result(there)).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> Transfer.result(back)).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void nothingMayFollowTheEnd() throws Exception {
        try (Joined joined = Joined.trusting()) {
            CompletableFuture<String> there = Streams.background(() -> joined.carry(joined.client, joined.agent));
            CompletableFuture<String> _ = Streams.background(() -> joined.carry(joined.agent, joined.client));
            assertThat(joined.hello()).isEqualTo("hello");
            joined.near.program().shutdownOutput();
            assertThat(Transfer.result(there)).isEqualTo("(ended)");

            CompletableFuture<Object> more = Streams.background(() -> {
                joined.agent.write(List.of(Bytes.wrap(new byte[100_000])));
                return "taken";
            });

            assertThatThrownBy(() -> Transfer.result(more)).hasStackTraceContaining("after the end");
        }
    }

    @Test
    void anEndInTheClearIsNotTheOtherEndsWord() throws Exception {
        byte[] cancelled = {21, 3, 3, 0, 2, 1, 90};
        byte[] closed = {21, 3, 3, 0, 2, 1, 0};
        try (Joined joined = Joined.trusting()) {
            CompletableFuture<Object> told = Streams.background(() -> {
                assertThat(joined.client.read(new byte[20_000], 0, 20_000)).isPositive();
                joined.client.write(List.of(Bytes.wrap(cancelled), Bytes.wrap(closed)));
                return "believed";
            });
            assertThatThrownBy(() -> Transfer.result(told)).hasStackTraceContaining("ended before it began");

            CompletableFuture<String> said = Streams.background(() -> {
                byte[] buffer = new byte[20_000];
                while (joined.client.read(buffer, 0, buffer.length) >= 0) {
                    // An alert of its own may come before it gives up.
                }
                return "ended well";
            });
            assertThatThrownBy(() -> Transfer.result(said)).hasCauseInstanceOf(IOException.class);
        }
    }

    private String whatABridgeSees(Inner inner) throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0");
        bridge.passed().keepBytes();
        tunnel.inside(inner).open(bridge.grant());
        send(SECRET);
        return new String(bridge.passed().seen().bytes().toByteArray(), ISO_8859_1);
    }

    private int readToAForgedEnd(Inner inner) throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0");
        bridge.passed().keepBytes();
        tunnel.inside(inner).open(bridge.grant());
        send("first half, ");

        bridge.sendTo(EndRole.AGENT, new Frame.Fin(bridge.passed().seen().end()));

        return tunnel.atAgent.program().read(ByteBuffer.allocate(1));
    }

    /** Sends it from the client's program and reads it at the agent's. */
    private void send(String text) throws IOException {
        tunnel.atClient.program().write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
        assertThat(read(tunnel.atAgent.program(), text.length())).isEqualTo(text);
    }

    /**
     * Joins two secured connections without any tunnel and sends a word from the client to the agent. Each end has its own
     * reason to stop, and either may be first: what is thrown has both.
     */
    private static String greet(
            EndCredentials client, OtherEnd expectedAgent, EndCredentials agent, OtherEnd expectedClient)
            throws Exception {
        List<CompletableFuture<Object>> directions = new ArrayList<>();
        try (Joined joined = new Joined(client, expectedAgent, agent, expectedClient)) {
            directions.add(Streams.background(() -> joined.carry(joined.client, joined.agent)));
            directions.add(Streams.background(() -> joined.carry(joined.agent, joined.client)));
            CompletableFuture<Object> heard = Streams.background(joined::hello);
            return String.valueOf(CompletableFuture.anyOf(heard, directions.getFirst(), directions.getLast())
                    .get());
        } catch (ExecutionException stopped) {
            for (CompletableFuture<Object> direction : directions) {
                Throwable reason = Transfer.result(direction.handle((_, failure) -> failure));
                if (reason != null) {
                    stopped.addSuppressed(reason);
                }
            }
            throw stopped;
        }
    }

    private static String read(SocketChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until all of it is there.
        }
        return new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
    }

    /** Two secured connections, and what a bridge between them may do to the records that it carries. */
    private static final class Joined implements AutoCloseable {

        private final Sockets near = Sockets.connected();
        private final Sockets far = Sockets.connected();
        private final LocalConnection client;
        private final LocalConnection agent;
        private volatile UnaryOperator<byte[]> bridge = UnaryOperator.identity();

        Joined(EndCredentials client, OtherEnd expectedAgent, EndCredentials agent, OtherEnd expectedClient)
                throws Exception {
            this.client = InnerTls.over(LocalConnection.of(near.tunnelSide()), EndRole.CLIENT, client, expectedAgent);
            this.agent = InnerTls.over(LocalConnection.of(far.tunnelSide()), EndRole.AGENT, agent, expectedClient);
        }

        static Joined trusting() throws Exception {
            TestAuthority authority = new TestAuthority();
            UUID id = UUID.randomUUID();
            EndCredentials client = authority.credentials("session", "client");
            return new Joined(
                    client,
                    new OtherEnd.Agent(id),
                    authority.credentials(id.toString(), "agent"),
                    new OtherEnd.Client(
                            OtherEnd.thumbprint(client.certificateChain().getFirst())));
        }

        String hello() throws IOException {
            near.program().write(ByteBuffer.wrap("hello".getBytes(ISO_8859_1)));
            return read(far.program(), 5);
        }

        String carry(LocalConnection from, LocalConnection to) throws IOException {
            byte[] buffer = new byte[20_000];
            for (int count = from.read(buffer, 0, buffer.length); count >= 0; ) {
                to.write(List.of(Bytes.wrap(bridge.apply(Arrays.copyOf(buffer, count)))));
                count = from.read(buffer, 0, buffer.length);
            }
            return "(ended)";
        }

        @Override
        public void close() throws IOException {
            client.reset();
            agent.reset();
            near.close();
            far.close();
        }
    }
}
