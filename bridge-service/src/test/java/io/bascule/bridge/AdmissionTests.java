package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.HalfAFrame;
import io.bascule.bridge.testing.RawWire;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestChannel;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.bridge.testing.TestTicket;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.protocol.tunnel.v1.Open;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.LegKind;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a bridge lets in. */
@ParameterizedClass
@EnumSource(names = {"GRPC", "RAW"})
@SuppressWarnings("NullAway.Init")
class AdmissionTests extends PeersAtABridge {

    @Parameter
    private LegKind kind;

    private final Map<String, Double> refusedBefore = new HashMap<>();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        startBridge(directory, "bascule.bridge.hold=1s", "bascule.bridge.max-tunnels=2");
    }

    @BeforeEach
    void whatWasRefusedBefore() {
        refusedBefore.clear();
        for (String status : List.of("denied", "busy", "stale_epoch", "not_found", "protocol_error", "silent")) {
            refusedBefore.put(status, refused(status));
        }
    }

    @Test
    void aGoodTicketLetsBothEndsIn() throws Exception {
        String ticket = ticket(_ -> {});
        TestLeg first = attach(client, EndRole.CLIENT, ticket);
        agent.nextOpen();
        TestLeg second = attach(api.authority().agent(agentId), EndRole.AGENT, ticket);

        assertThat(first.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.OK);
        assertThat(second.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.OK);
    }

    static Stream<Arguments> badTickets() {
        return Stream.of(
                bad("for another bridge", claims -> claims.setAudience("bridge-1"), "aud"),
                bad(
                        "of an earlier run",
                        claims -> claims.setClaim("boot", UUID.randomUUID().toString()),
                        "boot"),
                bad(
                        "for another tunnel",
                        claims -> claims.setClaim("tunnel", UUID.randomUUID().toString()),
                        "another tunnel"),
                bad("for another client", claims -> claims.setClaim("client", "abc"), "client certificate"),
                bad("from a later epoch", claims -> claims.setClaim("epoch", 2), "epoch"),
                bad(
                        "expired",
                        claims -> claims.setExpirationTime(
                                NumericDate.fromSeconds(NumericDate.now().getValue() - 31)),
                        "expired"),
                bad(
                        "from a clock that is minutes ahead",
                        claims -> claims.setIssuedAt(
                                NumericDate.fromSeconds(NumericDate.now().getValue() + 180)),
                        "compare the clocks"),
                bad("without agent", claims -> claims.unsetClaim("agent"), "agent"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTickets")
    void aTicketThatDoesNotFitIsDeniedWithTheReason(String what, Consumer<JwtClaims> spoil, String reason)
            throws Exception {
        TestLeg leg = attach(client, EndRole.CLIENT, ticket(spoil));

        assertDenied(leg, reason);
        assertCounted("denied", 1);
    }

    @Test
    void aTicketSignedWithAnotherKeyIsDenied() throws Exception {
        var foreign = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var subject = new TestTicket.Subject(RunningBridge.ID, bridge.boot(), tunnel, agentId, client.thumbprint());

        assertDenied(attach(client, EndRole.CLIENT, TestTicket.sign(subject, foreign.getPrivate())), "signature");
        assertCounted("denied", 1);
    }

    @Test
    void aTicketIsGoodOncePerEnd() throws Exception {
        String ticket = ticket(_ -> {});
        TestLeg first = attach(client, EndRole.CLIENT, ticket);
        agent.nextOpen();

        assertDenied(attach(client, EndRole.CLIENT, ticket), "already used");
        TestLeg agentLeg = attach(api.authority().agent(agentId), EndRole.AGENT, ticket);
        assertThat(first.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.OK);
        assertThat(agentLeg.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.OK);
        assertDenied(attach(api.authority().agent(agentId), EndRole.AGENT, ticket), "already used");
        assertCounted("denied", 2);
    }

    @Test
    void aStandbyTicketIsGoodAgainAndAgainAboveItsEpochOnly() throws Exception {
        String standby = bridge.standby(tunnel, agentId, client.thumbprint());
        assertDenied(attach(client, EndRole.CLIENT, standby), "epoch 1 (expected: > 1)");

        for (long epoch = 2; epoch < 5; epoch++) {
            TestLeg leg = leg(client).attach(EndRole.CLIENT, tunnel, epoch, standby);
            Open open = agent.nextOpen();
            assertThat(open.getTicket()).isEqualTo(standby);
            TestLeg agentLeg = leg(api.authority().agent(agentId)).attach(EndRole.AGENT, tunnel, epoch, standby);
            assertThat(leg.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.OK);
            assertThat(agentLeg.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.OK);
        }
    }

    @Test
    void aStandbyTicketOfAnotherBridgeOrClientIsDenied() throws Exception {
        var elsewhere = new TestTicket.Subject("bridge-1", bridge.boot(), tunnel, agentId, client.thumbprint());
        String foreign = TestTicket.standby(elsewhere, api.ticketKey().getPrivate());
        TestLeg leg = leg(client).attach(EndRole.CLIENT, tunnel, 2, foreign);
        assertDenied(leg, "aud is bridge-1");

        String standby = bridge.standby(tunnel, agentId, client.thumbprint());
        TestLeg thief = leg(api.authority().client(UUID.randomUUID())).attach(EndRole.CLIENT, tunnel, 2, standby);
        assertDenied(thief, "client certificate");
    }

    @Test
    void whereNoInstanceCarriesTheTunnelTheClientIsSentElsewhere() throws Exception {
        TestAgent second = new TestAgent(bridge.channel(api.authority().agent(agentId))).hello("i2");
        second.next(MessageCase.BRIDGES);
        String standby = bridge.standby(tunnel, agentId, client.thumbprint());
        TestLeg leg = leg(client).attach(EndRole.CLIENT, tunnel, 2, standby);

        agent.refuse(agent.nextOpen(), ResetCode.AGENT_NOT_CONNECTED.value(), "not here");
        second.refuse(second.nextOpen(), ResetCode.AGENT_NOT_CONNECTED.value(), "not here");

        Frame.Attached answer = leg.next(Frame.Attached.class);
        assertThat(answer.status()).isEqualTo(AttachStatus.BUSY);
        assertThat(answer.retryAfterMillis()).isPositive();
        second.leave();
    }

    @Test
    void aTunnelThatIsOverAtTheAgentEndsItsClientToo() throws Exception {
        String standby = bridge.standby(tunnel, agentId, client.thumbprint());
        TestLeg leg = leg(client).attach(EndRole.CLIENT, tunnel, 2, standby);

        agent.refuse(agent.nextOpen(), ResetCode.CLOSED.value(), "over");

        assertThat(leg.next(Frame.Reset.class)).isEqualTo(new Frame.Reset(ResetCode.CLOSED, "over"));
    }

    @Test
    void aStolenTicketIsUselessWithoutTheCertificateItNames() throws Exception {
        String ticket = ticket(_ -> {});

        assertDenied(attach(api.authority().client(UUID.randomUUID()), EndRole.CLIENT, ticket), "client certificate");
        assertThat(attach(client, EndRole.CLIENT, ticket)).isNotNull();
        agent.nextOpen();
        assertDenied(attach(api.authority().agent(UUID.randomUUID()), EndRole.AGENT, ticket), "another agent");
        assertDenied(attach(client, EndRole.AGENT, ticket), "another agent");
    }

    @Test
    void anAgentWithoutAWaitingClientIsNotFound() throws Exception {
        TestLeg leg = attach(api.authority().agent(agentId), EndRole.AGENT, ticket(_ -> {}));

        assertThat(leg.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.NOT_FOUND);
        assertCounted("not_found", 1);
    }

    @Test
    void anEpochThatWasSeenIsStale() throws Exception {
        attach(client, EndRole.CLIENT, ticket(_ -> {}));
        agent.nextOpen();

        TestLeg again = attach(client, EndRole.CLIENT, ticket(_ -> {}));

        assertThat(again.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.STALE_EPOCH);
        assertCounted("stale_epoch", 1);
    }

    @Test
    void oneTunnelTooManyIsBusyAndComesInWhenAnotherHasLeft() throws Exception {
        TestLeg first = attachNew();
        attachNew();

        UUID third = UUID.randomUUID();
        String ticket = bridge.ticket(third, agentId, client.thumbprint());
        TestLeg busy = leg(client).attach(EndRole.CLIENT, third, 1, ticket);
        Frame.Attached answer = busy.next(Frame.Attached.class);
        assertThat(answer.status()).isEqualTo(AttachStatus.BUSY);
        assertThat(answer.retryAfterMillis()).isPositive();
        assertThat(answer.text()).contains("2 of 2");
        assertThat(busy.awaitEnd().isOk()).isTrue();
        assertCounted("busy", 1);

        first.kill();
        Eventually.until("one has left", () -> bridge.metric("bascule_bridge_tunnels") == 1);
        leg(client).attach(EndRole.CLIENT, third, 1, ticket);
        assertThat(agent.nextOpen().getTicket()).isEqualTo(ticket);
    }

    @Test
    void whatDoesNotBeginWithAttachIsReset() throws Exception {
        TestLeg leg = leg(client).send(new Frame.Hello(0, 1));

        assertThat(leg.next(Frame.Reset.class).code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
        assertThat(leg.awaitEnd().isOk()).isTrue();
    }

    @Test
    void whatIsNoFrameIsReset() throws Exception {
        for (byte[] garbage :
                List.of(new byte[] {1}, new byte[] {99, 1, 2}, new byte[] {1, 1, 1, 1}, new byte[] {5, 0})) {
            TestLeg leg = leg(client).sendRaw(garbage);

            assertThat(leg.next(Frame.Reset.class).code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
        }
        assertCounted("protocol_error", 4);
    }

    @Test
    void whoSaysNothingAndWhoNeverEndsAFrameAreResetInTimeInWordsAndNobodyElseIs() throws Exception {
        String ticket = ticket(_ -> {});
        TestLeg near = attach(client, EndRole.CLIENT, ticket);
        agent.nextOpen();
        TestLeg far = attach(api.authority().agent(agentId), EndRole.AGENT, ticket);
        far.next(Frame.Attached.class);
        TestLeg silent = leg(client);
        Frame answer = answerToHalfAFrame();
        Frame.Reset reset = silent.next(Frame.Reset.class);
        assertThat(reset.code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
        assertThat(reset.text()).contains("no ATTACH within 10 s");
        assertThat(answer).isEqualTo(reset);
        assertCounted("silent", 2);
        near.send(new Frame.Hello(0, 1000));
        assertThat(far.next()).as("of another tunnel").isEqualTo(new Frame.Hello(0, 1000));
    }

    @Test
    void anotherVersionOfTheProtocolIsDenied() throws Exception {
        TestLeg leg = leg(client);
        leg.send(new Frame.Attach(2, EndRole.CLIENT, tunnel, 1, ticket(_ -> {})));

        assertDenied(leg, "version: 2 (expected: 1)");
    }

    @Test
    void nobodyComesInWithoutACertificateOfThePlatform() throws Exception {
        TestLeg without = new TestLeg(bridge.channelWithoutCertificate());
        assertThat(without.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

        TestAuthority foreign = new TestAuthority();
        var channel = TestChannel.to(
                bridge.port(), RunningBridge.AUTHORITY, List.of(api.authority()), foreign.client(UUID.randomUUID()));
        assertThat(new TestLeg(channel).awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        channel.shutdownNow();
    }

    @Test
    void aCertificateThatNamesNobodyIsRefused() throws Exception {
        for (String subject :
                List.of("OU=bridge,CN=" + UUID.randomUUID(), "OU=agent,CN=somebody", "CN=x", "OU=agent")) {
            TestLeg leg = leg(api.authority().identity(subject));

            if (kind == LegKind.GRPC) {
                assertThat(leg.awaitEnd().getCode()).as(subject).isEqualTo(Status.Code.UNAUTHENTICATED);
            } else {
                assertDenied(leg, "certificate: ");
            }
        }
    }

    @Test
    void aClientHasNoControlStream() throws Exception {
        TestAgent impostor = new TestAgent(bridge.channel(client));

        assertThat(impostor.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private static Arguments bad(String what, Consumer<JwtClaims> spoil, String reason) {
        return Arguments.of(what, spoil, reason);
    }

    private Frame answerToHalfAFrame() throws Exception {
        if (kind == LegKind.GRPC) {
            try (HalfAFrame half = HalfAFrame.to(bridge.port(), client)) {
                return half.answer();
            }
        }
        RawWire wire = RawWire.to(bridge.port(), client);
        TestLeg leg = keep(new TestLeg(wire));
        wire.write(ByteBuffer.allocate(104).putInt(60_000).put((byte) 1).array());
        return leg.next();
    }

    private TestLeg attachNew() throws InterruptedException {
        UUID id = UUID.randomUUID();
        TestLeg leg = leg(client).attach(EndRole.CLIENT, id, 1, bridge.ticket(id, agentId, client.thumbprint()));
        agent.nextOpen();
        return leg;
    }

    private TestLeg attach(Identity identity, EndRole role, String ticket) {
        return leg(identity).attach(role, tunnel, 1, ticket);
    }

    private TestLeg leg(Identity identity) {
        return leg(kind, identity);
    }

    private String ticket(Consumer<JwtClaims> spoil) {
        return bridge.ticket(tunnel, agentId, client.thumbprint(), spoil);
    }

    private void assertCounted(String status, int more) {
        assertThat(refused(status)).isEqualTo(refusedBefore.getOrDefault(status, 0.0) + more);
    }

    private static void assertDenied(TestLeg leg, String reason) throws Exception {
        Frame.Attached answer = leg.next(Frame.Attached.class);
        assertThat(answer.status()).isEqualTo(AttachStatus.DENIED);
        assertThat(answer.text()).contains(reason);
        assertThat(leg.awaitEnd().isOk()).isTrue();
    }
}
