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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS from end to end inside a tunnel: what a bridge sees of it, and what it can do to it. */
@Timeout(60)
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
        CompletableFuture<Integer> breaks = Streams.background(() -> {
            int broken = 0;
            while (broken < 5 && Transfer.awaitProgress(tunnel.client(), 1_000_000)) {
                first.breakLegs();
                second.breakLegs();
                broken++;
            }
            return broken;
        });

        Transfer.bothWays(tunnel, 24 << 20);

        assertThat(Transfer.result(breaks)).isEqualTo(5);
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
                .rootCause()
                .hasMessageContaining("expected: agent " + id);
        EndCredentials strangeClient = authority.credentials("session", "client");
        assertThatThrownBy(() -> greet(strangeClient, expectedAgent, agent, expectedClient))
                .hasStackTraceContaining("not the right one");
    }

    private String whatABridgeSees(Inner inner) throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").tapping();
        tunnel.inside(inner).open(bridge.grant());
        send(SECRET);
        return new String(bridge.seen().bytes().toByteArray(), ISO_8859_1);
    }

    private int readToAForgedEnd(Inner inner) throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").tapping();
        tunnel.inside(inner).open(bridge.grant());
        send("first half, ");

        bridge.sendTo(EndRole.AGENT, new Frame.Fin(bridge.seen().end()));

        return tunnel.atAgent.program().read(ByteBuffer.allocate(1));
    }

    /** Sends it from the client's program and reads it at the agent's. */
    private void send(String text) throws IOException {
        tunnel.atClient.program().write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
        assertThat(read(tunnel.atAgent.program(), text.length())).isEqualTo(text);
    }

    /** Joins two secured connections without any tunnel and sends a word from the client to the agent. */
    private static String greet(
            EndCredentials client, OtherEnd expectedAgent, EndCredentials agent, OtherEnd expectedClient)
            throws Exception {
        try (Sockets near = Sockets.connected();
                Sockets far = Sockets.connected()) {
            LocalConnection one =
                    InnerTls.over(LocalConnection.of(near.tunnelSide()), EndRole.CLIENT, client, expectedAgent);
            LocalConnection other =
                    InnerTls.over(LocalConnection.of(far.tunnelSide()), EndRole.AGENT, agent, expectedClient);
            near.program().write(ByteBuffer.wrap("hello".getBytes(ISO_8859_1)));
            CompletableFuture<Object> heard = Streams.background(() -> read(far.program(), 5));
            CompletableFuture<Object> there = Streams.background(() -> carry(one, other));
            CompletableFuture<Object> back = Streams.background(() -> carry(other, one));
            try {
                return String.valueOf(
                        CompletableFuture.anyOf(heard, there, back).get());
            } finally {
                one.reset();
                other.reset();
            }
        }
    }

    private static String read(SocketChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until all of it is there.
        }
        return new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
    }

    private static String carry(LocalConnection from, LocalConnection to) throws IOException {
        byte[] buffer = new byte[20_000];
        for (int count = from.read(buffer, 0, buffer.length); count >= 0; ) {
            to.write(List.of(Bytes.wrap(Arrays.copyOf(buffer, count))));
            count = from.read(buffer, 0, buffer.length);
        }
        return "(ended)";
    }
}
