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

/** An introduction is answered by another thread than the one that brings frames, and what comes meanwhile waits. */
@SuppressWarnings("NullAway.Init")
class MeetingTests {

    private Handshake agent;
    private Meeting meeting;

    @BeforeEach
    void aClientIsAboutToMeetItsAgent() throws Exception {
        TestAuthority authority = new TestAuthority();
        UUID tunnel = UUID.randomUUID();
        UUID agentId = UUID.randomUUID();
        EndCredentials client = authority.credentials("session", "client");
        EndCredentials other = authority.credentials(agentId.toString(), "agent");
        String thumbprint = OtherEnd.thumbprint(client.certificateChain().getFirst());
        agent = new Introductions(tunnel, EndRole.AGENT, other, new OtherEnd.Client(thumbprint)).handshake(1, "b");
        meeting = new Meeting(
                new Introductions(tunnel, EndRole.CLIENT, client, new OtherEnd.Agent(agentId)).handshake(1, "b"));
    }

    @Test
    void aProofThatComesAfterTheAnswerIsCheckedAtOnce() throws Exception {
        Frame.Prove proof = agent.answer(meeting.introduce());
        meeting.introduced(agent.introduce());
        meeting.answer();

        agent.check(meeting.answered());

        assertThat(meeting.checkHeld()).isFalse();
        assertThat(meeting.check(proof)).isTrue();
    }

    @Test
    void aProofThatComesBeforeTheAnswerWaitsForIt() throws Exception {
        Frame.Prove proof = agent.answer(meeting.introduce());
        meeting.introduced(agent.introduce());
        assertThat(meeting.isToBeAnswered()).isTrue();

        assertThat(meeting.check(proof)).as("not yet").isFalse();
        meeting.answer();
        agent.check(meeting.answered());

        assertThat(meeting.isToBeAnswered()).isFalse();
        assertThat(meeting.checkHeld()).isTrue();
    }

    @Test
    void aWrongProofThatCameBeforeTheAnswerIsFoundOut() throws Exception {
        meeting.introduced(agent.introduce());
        assertThat(meeting.check(new Frame.Prove(Bytes.wrap(new byte[32])))).isFalse();
        meeting.answer();
        meeting.answered();

        assertThatThrownBy(meeting::checkHeld)
                .isInstanceOf(NotProvedException.class)
                .hasMessageContaining("proof is wrong");
    }

    @Test
    void aProofWithoutAnIntroductionIsNone() {
        assertThatThrownBy(() -> meeting.check(new Frame.Prove(Bytes.wrap(new byte[32]))))
                .isInstanceOf(NotProvedException.class)
                .hasMessageContaining("introduce itself first");
    }

    @Test
    void nobodyIntroducesHimselfTwice() throws Exception {
        meeting.introduced(agent.introduce());

        assertThatThrownBy(() -> meeting.introduced(agent.introduce())).hasMessageContaining("twice");
    }

    @Test
    void anIntroductionThatIsGarbageIsNoAnswerAndNoFailure() throws Exception {
        Frame.Introduce genuine = agent.introduce();
        meeting.introduced(new Frame.Introduce(
                genuine.nonce(), genuine.key(), Bytes.wrap(new byte[] {1, 2, 3}), genuine.signature()));
        meeting.answer();

        assertThatThrownBy(meeting::answered).isInstanceOf(NotProvedException.class);
    }
}
