package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.proof.Handshake;
import io.bascule.tunnel.client.proof.Introductions;
import io.bascule.tunnel.client.proof.NotProvedException;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An introduction is answered by another thread than the one that brings frames, and what comes meanwhile waits. */
@SuppressWarnings("NullAway.Init")
class MeetingTests {

    private Handshake agent;
    private Introductions client;
    private Meeting meeting;
    private final RecordingLeg leg = new RecordingLeg();

    @BeforeEach
    void aClientIsAboutToMeetItsAgent() throws Exception {
        TestAuthority authority = new TestAuthority();
        UUID tunnel = UUID.randomUUID();
        UUID agentId = UUID.randomUUID();
        EndCredentials own = authority.credentials("session", "client");
        EndCredentials other = authority.credentials(agentId.toString(), "agent");
        String thumbprint = OtherEnd.thumbprint(own.certificateChain().getFirst());
        agent = new Introductions(tunnel, EndRole.AGENT, other, new OtherEnd.Client(thumbprint)).handshake(1, "b");
        client = new Introductions(tunnel, EndRole.CLIENT, own, new OtherEnd.Agent(agentId));
        meeting = new Meeting(client.handshake(1, "b"));
    }

    @Test
    void anEndThatIsLetInBeforeItsKeyIsMadeIntroducesItselfOnceItIsAndOnlyOnce() throws Exception {
        meeting.introduceIfDue();
        meeting.attached(leg);
        assertThat(leg.sent).as("no key yet").isEmpty();

        client.prepare();
        meeting.introduceIfDue();
        meeting.introduceIfDue();

        assertThat(leg.sent).singleElement().isInstanceOf(Frame.Introduce.class);
        agent.answer((Frame.Introduce) leg.sent.getFirst());
    }

    @Test
    void anEndWhoseKeyIsMadeWaitsUntilItIsLetIn() {
        client.prepare();
        meeting.introduceIfDue();
        assertThat(leg.sent).as("not let in yet").isEmpty();

        meeting.attached(leg);
        meeting.introduceIfDue();

        assertThat(leg.sent).singleElement().isInstanceOf(Frame.Introduce.class);
    }

    @Test
    void aProofThatComesAfterTheAnswerIsCheckedAtOnce() throws Exception {
        Frame.Prove proof = agent.answer(introduction());
        meeting.introduced(agent.introduce());
        meeting.answer();

        agent.check(meeting.answered());

        assertThat(meeting.checkHeld()).isFalse();
        assertThat(meeting.check(proof)).isTrue();
    }

    @Test
    void aProofThatComesBeforeTheAnswerWaitsForIt() throws Exception {
        Frame.Prove proof = agent.answer(introduction());
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

    private Frame.Introduce introduction() {
        client.prepare();
        meeting.attached(leg);
        return (Frame.Introduce) leg.sent.getFirst();
    }

    private static final class RecordingLeg implements Leg {

        private final List<Frame> sent = new ArrayList<>();

        @Override
        public void start(Frame.Attach attach) {
            sent.add(attach);
        }

        @Override
        public void send(Frame frame) {
            sent.add(frame);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void leave(DetachReason reason) {}

        @Override
        public void cancel(String why) {}
    }
}
