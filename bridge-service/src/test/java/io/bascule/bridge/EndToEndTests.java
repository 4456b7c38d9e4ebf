package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.client.BridgeConnector;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.GrantedBridge;
import io.bascule.tunnel.client.LegKind;
import io.bascule.tunnel.client.LocalConnection;
import io.bascule.tunnel.client.TunnelEnd;
import io.bascule.tunnel.client.TunnelGrant;
import io.bascule.tunnel.client.TunnelOutcome;
import io.bascule.tunnel.client.proof.Handshake;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.Introductions;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ends' real runtime with a real bridge in between: sockets in, sockets out. */
@Timeout(300)
class EndToEndTests extends PeersAtABridge {

    private static final String PROTOCOL_ERRORS = "bascule_bridge_tunnels_ended_total{code=\"protocol_error\"}";
    private static final int LENGTH = 8 * 1024 * 1024;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        startBridge(directory, "bascule.bridge.drain-budget=0s");
    }

    @ParameterizedTest
    @EnumSource
    void eightMebibytesEachWayArriveWholeAndAreCountedToTheByte(LegKind kind) throws Exception {
        double toAgent = bridge.metric("bascule_bridge_bytes_total{direction=\"client_to_agent\"}");
        double toClient = bridge.metric("bascule_bridge_bytes_total{direction=\"agent_to_client\"}");
        byte[] question = random(1);
        byte[] answer = random(2);
        try (BridgeConnector clientConnector = new BridgeConnector(credentials(client), kind);
                BridgeConnector agentConnector = new BridgeConnector(credentials(agentIdentity), kind);
                Link near = new Link();
                Link far = new Link()) {
            String ticket = bridge.ticket(tunnel, agentId, client.thumbprint());
            TunnelEnd clientEnd = end(EndRole.CLIENT, ticket, clientConnector, near.inner());
            agent.nextOpen();
            TunnelEnd agentEnd = end(EndRole.AGENT, ticket, agentConnector, far.inner());

            CompletableFuture<byte[]> atFar = far.exchange(answer);
            CompletableFuture<byte[]> atNear = near.exchange(question);

            assertThat(sha256(atFar.get(60, TimeUnit.SECONDS))).isEqualTo(sha256(question));
            assertThat(sha256(atNear.get(60, TimeUnit.SECONDS))).isEqualTo(sha256(answer));
            assertThat(clientEnd.await(Duration.ofSeconds(60))).contains(new TunnelOutcome.Finished(LENGTH, LENGTH));
            assertThat(agentEnd.await(Duration.ofSeconds(60))).contains(new TunnelOutcome.Finished(LENGTH, LENGTH));
        }
        assertThat(bridge.metric("bascule_bridge_bytes_total{direction=\"client_to_agent\"}") - toAgent)
                .isEqualTo(LENGTH);
        assertThat(bridge.metric("bascule_bridge_bytes_total{direction=\"agent_to_client\"}") - toClient)
                .isEqualTo(LENGTH);
        Eventually.until("the tunnel is over", () -> bridge.metric("bascule_bridge_tunnels") == 0);
        Eventually.until("nothing is held", () -> bridge.metric(HELD) == 0);
    }

    @Test
    void aTunnelOutlivesTheCertificateThatItsAgentOpenedItWithAndNewOnesShowTheNewOne() throws Exception {
        double toAgent = bridge.metric("bascule_bridge_bytes_total{direction=\"client_to_agent\"}");
        Identity shortLived = api.authority().agent(agentId, Duration.ofSeconds(20));
        try (BridgeConnector clientConnector = connector(client);
                BridgeConnector agentConnector = connector(shortLived);
                Link near = new Link();
                Link far = new Link();
                Link laterNear = new Link();
                Link laterFar = new Link()) {
            String ticket = bridge.ticket(tunnel, agentId, client.thumbprint());
            end(EndRole.CLIENT, ticket, clientConnector, near.inner());
            agent.nextOpen();
            end(EndRole.AGENT, ticket, agentConnector, far.inner());
            near.outer().getOutputStream().write(1);
            assertThat(far.outer().getInputStream().read()).isEqualTo(1);

            agentConnector.show(credentials(agentIdentity));
            near.outer().getOutputStream().write(2);
            assertThat(far.outer().getInputStream().read()).isEqualTo(2);
            Instant expiry = shortLived.certificate().getNotAfter().toInstant();
            Eventually.until(
                    "the first certificate has expired", () -> Instant.now().isAfter(expiry));
            near.outer().getOutputStream().write(3);
            assertThat(far.outer().getInputStream().read()).isEqualTo(3);

            UUID later = UUID.randomUUID();
            String laterTicket = bridge.ticket(later, agentId, client.thumbprint());
            end(later, EndRole.CLIENT, laterTicket, clientConnector, laterNear.inner());
            agent.nextOpen();
            end(later, EndRole.AGENT, laterTicket, agentConnector, laterFar.inner());
            laterNear.outer().getOutputStream().write(4);
            assertThat(laterFar.outer().getInputStream().read()).isEqualTo(4);
        }
        Eventually.until("the tunnels are over", () -> bridge.metric("bascule_bridge_tunnels") == 0);
        assertThat(bridge.metric("bascule_bridge_bytes_total{direction=\"client_to_agent\"}") - toAgent)
                .isEqualTo(4);
    }

    static Stream<Arguments> wrongFrames() {
        return Stream.of(
                Arguments.of(
                        "a byte past the limit",
                        new Frame.Data(1L << 40, 0, 1 << 18, Bytes.wrap(new byte[1])),
                        "limit"),
                Arguments.of(
                        "an acknowledgement of what was never sent", new Frame.Ack(77, 1 << 18), "what was not sent"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongFrames")
    void anEndThatBreaksTheRulesIsResetInWordsAndCountedAndNoOtherTunnelIsTouched(
            String what, Frame wrong, String words) throws Exception {
        double resets = bridge.metric(PROTOCOL_ERRORS);
        UUID beside = UUID.randomUUID();
        try (BridgeConnector clientConnector = connector(client);
                BridgeConnector agentConnector = connector(agentIdentity);
                Link near = new Link();
                Link besideNear = new Link();
                Link besideFar = new Link()) {
            String besideTicket = bridge.ticket(beside, agentId, client.thumbprint());
            end(beside, EndRole.CLIENT, besideTicket, clientConnector, besideNear.inner());
            agent.nextOpen();
            end(beside, EndRole.AGENT, besideTicket, agentConnector, besideFar.inner());
            String ticket = bridge.ticket(tunnel, agentId, client.thumbprint());
            TunnelEnd clientEnd = end(EndRole.CLIENT, ticket, clientConnector, near.inner());
            agent.nextOpen();
            TestLeg faulty = provedAgentLeg(ticket);

            faulty.send(wrong);

            Frame.Reset told = faulty.next(Frame.Reset.class);
            assertThat(told.code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
            assertThat(told.text()).contains(words);
            assertThat(clientEnd.await(Duration.ofSeconds(60)).orElseThrow())
                    .isInstanceOfSatisfying(
                            TunnelOutcome.Reset.class,
                            reset -> assertThat(reset.text()).isEqualTo(told.text()));
            Eventually.until("it is counted", () -> bridge.metric(PROTOCOL_ERRORS) == resets + 1);
            besideNear.outer().getOutputStream().write(9);
            assertThat(besideFar.outer().getInputStream().read()).isEqualTo(9);
        }
    }

    /** An agent's leg that has proved itself and said HELLO, and does what the test wants from then on. */
    private TestLeg provedAgentLeg(String ticket) throws Exception {
        TestLeg leg = keep(new TestLeg(bridge.channel(agentIdentity))).attach(EndRole.AGENT, tunnel, 1, ticket);
        leg.next(Frame.Attached.class);
        Handshake handshake = new Introductions(
                        tunnel, EndRole.AGENT, credentials(agentIdentity), new OtherEnd.Client(client.thumbprint()))
                .handshake(1, RunningBridge.ID);
        leg.send(handshake.introduce());
        leg.send(handshake.answer(leg.next(Frame.Introduce.class)));
        handshake.check(leg.next(Frame.Prove.class));
        leg.next(Frame.Hello.class);
        return leg.send(new Frame.Hello(0, 1 << 18));
    }

    @Test
    void whatTheApiClosesIsResetAtBothSockets() throws Exception {
        try (BridgeConnector clientConnector = connector(client);
                BridgeConnector agentConnector = connector(agentIdentity);
                Link near = new Link();
                Link far = new Link()) {
            String ticket = bridge.ticket(tunnel, agentId, client.thumbprint());
            TunnelEnd clientEnd = end(EndRole.CLIENT, ticket, clientConnector, near.inner());
            agent.nextOpen();
            TunnelEnd agentEnd = end(EndRole.AGENT, ticket, agentConnector, far.inner());
            near.outer().getOutputStream().write(7);
            assertThat(far.outer().getInputStream().read()).isEqualTo(7);

            api.close(tunnel.toString(), "closed by alice");

            assertThat(clientEnd.await(Duration.ofSeconds(60)).orElseThrow())
                    .isInstanceOfSatisfying(
                            TunnelOutcome.Reset.class,
                            reset -> assertThat(reset.text()).isEqualTo("closed by alice"));
            assertThat(agentEnd.await(Duration.ofSeconds(60)).orElseThrow()).isInstanceOf(TunnelOutcome.Reset.class);
        }
    }

    private TunnelEnd end(EndRole role, String ticket, BridgeConnector connector, Socket local) throws IOException {
        return end(tunnel, role, ticket, connector, local);
    }

    private TunnelEnd end(UUID id, EndRole role, String ticket, BridgeConnector connector, Socket local)
            throws IOException {
        GrantedBridge granted =
                new GrantedBridge(RunningBridge.ID, "127.0.0.1:" + bridge.port(), RunningBridge.AUTHORITY, ticket);
        return TunnelEnd.start(
                role,
                new TunnelGrant(
                        id,
                        1,
                        List.of(granted),
                        List.of(),
                        role == EndRole.CLIENT ? new OtherEnd.Agent(agentId) : new OtherEnd.Client(client.thumbprint()),
                        Inner.NONE),
                connector,
                LocalConnection.of(local),
                StreamSettings.DEFAULT);
    }

    private static BridgeConnector connector(Identity identity) {
        return new BridgeConnector(credentials(identity), LegKind.configured(System.getenv()));
    }

    private static EndCredentials credentials(Identity identity) {
        return new EndCredentials(
                identity.key().getPrivate(),
                List.of(identity.certificate()),
                List.of(api.authority().certificate()));
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[LENGTH];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return Arrays.toString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Two connected sockets: the inner one is given to the tunnel, the outer one is the application's. */
    private record Link(Socket outer, Socket inner) implements AutoCloseable {

        Link() throws IOException {
            this(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
        }

        private Link(ServerSocket server) throws IOException {
            this(new Socket(server.getInetAddress(), server.getLocalPort()), server.accept());
            server.close();
        }

        /** Writes all, and reads until the other side has written all. */
        CompletableFuture<byte[]> exchange(byte[] bytes) {
            Thread.ofVirtual().start(() -> {
                try {
                    outer.getOutputStream().write(bytes);
                    outer.shutdownOutput();
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            CompletableFuture<byte[]> received = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    received.complete(outer.getInputStream().readAllBytes());
                } catch (IOException failure) {
                    received.completeExceptionally(failure);
                }
            });
            return received;
        }

        @Override
        public void close() throws IOException {
            outer.close();
            inner.close();
        }
    }
}
