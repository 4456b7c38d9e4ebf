package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.proof.Handshake;
import io.bascule.tunnel.client.proof.Introductions;
import io.bascule.tunnel.client.proof.NotProvedException;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an end takes for the right other end. */
@SuppressWarnings("NullAway.Init")
class IntroductionTests {

    private static final String BRIDGE = "bridge-0";

    private final UUID tunnel = UUID.randomUUID();
    private final UUID agentId = UUID.randomUUID();
    private TestAuthority authority;
    private EndCredentials clientCredentials;
    private EndCredentials agentCredentials;
    private Introductions client;
    private Introductions agent;

    @BeforeEach
    void twoEnds() throws Exception {
        authority = new TestAuthority();
        clientCredentials = authority.credentials("session", "client");
        agentCredentials = authority.credentials(agentId.toString(), "agent");
        client = client(clientCredentials);
        agent = agent(agentCredentials);
    }

    @Test
    void theTwoEndsProveThemselvesOnEveryLeg() throws Exception {
        exchange(client.handshake(1, BRIDGE), agent.handshake(1, BRIDGE));
        exchange(client.handshake(2, "bridge-1"), agent.handshake(2, "bridge-1"));
    }

    @Test
    void whatWasProvedIsNotLookedAtAgain() throws Exception {
        exchange(client.handshake(1, BRIDGE), agent.handshake(1, BRIDGE));
        Handshake again = client.handshake(2, BRIDGE);
        Frame.Introduce introduction = agent.handshake(2, BRIDGE).introduce();

        assertThat(again.answer(
                        new Frame.Introduce(introduction.nonce(), introduction.key(), Bytes.EMPTY, Bytes.EMPTY)))
                .isNotNull();
    }

    @Test
    void anotherClientOfThePlatformIsNotTheClientOfThisTunnel() throws Exception {
        Introductions stranger = client(authority.credentials("session", "client"));

        assertThatThrownBy(() -> agent.handshake(1, BRIDGE)
                        .answer(stranger.handshake(1, BRIDGE).introduce()))
                .isInstanceOf(NotProvedException.class)
                .hasMessageContaining("not the one that the ticket names");
    }

    @Test
    void anotherAgentAndABridgeAreNotTheAgentOfThisTunnel() throws Exception {
        String other = UUID.randomUUID().toString();

        assertStrangeAgent(authority.credentials(other, "agent"), "expected: agent " + agentId);
        assertStrangeAgent(authority.credentials(agentId.toString(), "bridge"), "expected: agent " + agentId);
        assertStrangeAgent(new TestAuthority().credentials(agentId.toString(), "agent"), "not of this platform");
    }

    @Test
    void aCertificateWithoutItsKeyIsOfNoUse() throws Exception {
        EndCredentials stolen = new EndCredentials(
                authority.credentials("bridge", "bridge").privateKey(),
                agentCredentials.certificateChain(),
                agentCredentials.authorities());

        assertStrangeAgent(stolen, "signature");
    }

    @Test
    void aKeyThatWasSignedForAnotherTunnelIsOfNoUse() throws Exception {
        Introductions elsewhere = new Introductions(
                UUID.randomUUID(), EndRole.AGENT, agentCredentials, new OtherEnd.Client(thumbprint(clientCredentials)));

        assertThatThrownBy(() -> client.handshake(1, BRIDGE)
                        .answer(elsewhere.handshake(1, BRIDGE).introduce()))
                .hasMessageContaining("signature");
    }

    @Test
    void whoReplaysAnIntroductionCannotProveIt() throws Exception {
        Handshake earlier = agent.handshake(1, BRIDGE);
        Handshake earlierClient = client.handshake(1, BRIDGE);
        Frame.Introduce recorded = earlier.introduce();
        Frame.Prove recordedProof = earlier.answer(earlierClient.introduce());
        Handshake now = client.handshake(1, BRIDGE);
        now.answer(recorded);

        assertThatThrownBy(() -> now.check(recordedProof)).hasMessageContaining("proof is wrong");
    }

    @Test
    void aProofForAnotherEpochOrBridgeIsNone() throws Exception {
        assertThatThrownBy(() -> exchange(client.handshake(2, BRIDGE), agent.handshake(1, BRIDGE)))
                .hasMessageContaining("proof is wrong");
        assertThatThrownBy(() -> exchange(client.handshake(1, BRIDGE), agent.handshake(1, "bridge-1")))
                .hasMessageContaining("proof is wrong");
    }

    @Test
    void onceTheOtherEndWasProvedNoOtherKeyOfItsIsTaken() throws Exception {
        exchange(client.handshake(1, BRIDGE), agent.handshake(1, BRIDGE));
        Introductions restarted = agent(agentCredentials);

        assertThatThrownBy(() -> exchange(client.handshake(2, BRIDGE), restarted.handshake(2, BRIDGE)))
                .hasMessageContaining("not the one that it proved before");
    }

    @Test
    void anEndDoesNotProveItselfToItself() {
        Handshake handshake = client.handshake(1, BRIDGE);

        assertThatThrownBy(() -> handshake.answer(handshake.introduce())).isInstanceOf(NotProvedException.class);
        assertThatThrownBy(() -> client.handshake(1, BRIDGE).check(new Frame.Prove(Bytes.wrap(new byte[32]))))
                .hasMessageContaining("introduce itself first");
    }

    @Test
    void aKeyThatIsNotTheSignedOneIsRefused() throws Exception {
        Frame.Introduce genuine = agent.handshake(1, BRIDGE).introduce();
        Frame.Introduce changed = new Frame.Introduce(
                genuine.nonce(), Bytes.wrap(new byte[32]), genuine.certificates(), genuine.signature());

        assertThatThrownBy(() -> client.handshake(1, BRIDGE).answer(changed)).hasMessageContaining("signature");
    }

    private void assertStrangeAgent(EndCredentials credentials, String why) {
        assertThatThrownBy(() -> client.handshake(1, BRIDGE)
                        .answer(agent(credentials).handshake(1, BRIDGE).introduce()))
                .isInstanceOf(NotProvedException.class)
                .hasMessageContaining(why);
    }

    private static void exchange(Handshake one, Handshake other) throws NotProvedException {
        Frame.Prove proofOfOther = other.answer(one.introduce());
        Frame.Prove proofOfOne = one.answer(other.introduce());
        one.check(proofOfOther);
        other.check(proofOfOne);
    }

    private Introductions client(EndCredentials credentials) {
        return new Introductions(tunnel, EndRole.CLIENT, credentials, new OtherEnd.Agent(agentId));
    }

    private Introductions agent(EndCredentials credentials) {
        return new Introductions(
                tunnel, EndRole.AGENT, credentials, new OtherEnd.Client(thumbprint(clientCredentials)));
    }

    private static String thumbprint(EndCredentials credentials) {
        return OtherEnd.thumbprint(credentials.certificateChain().getFirst());
    }
}
