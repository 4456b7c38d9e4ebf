package io.bascule.tunnel;

import static io.bascule.tunnel.StreamUnderTest.WINDOW;
import static io.bascule.tunnel.StreamUnderTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Fin;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Ping;
import io.bascule.tunnel.Frame.Pong;
import io.bascule.tunnel.Frame.Reset;
import io.bascule.tunnel.StreamState.Origin;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rules of {@code docs/protocol/tunnel.md} on pairings, half close, reset and keepalive, one test for each. */
class TunnelStreamLifeTests {

    private final StreamUnderTest end = new StreamUnderTest();
    private final TunnelStream stream = end.stream();

    @Test
    void aNewPairingReplaysFromTheOtherEndsOffset() {
        end.pair(10);
        end.read("abc");
        end.sent();
        end.read("def");
        end.sent();
        end.receive(new Ack(1, 11));
        stream.detached(end.now());
        assertThat(end.sent()).isEmpty();

        stream.attached(end.now());
        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW));
        end.receive(new Hello(4, 14));

        assertThat(end.sent()).containsExactly(new Data(4, 0, WINDOW, utf8("ef")));
        assertThat(stream.readableBytes()).isEqualTo(8);
    }

    @Test
    void bytesReadWhileThereIsNoLegAreSentAfterThePairing() {
        end.pair(10);
        stream.detached(end.now());
        end.read("abc");

        stream.attached(end.now());
        end.receive(new Hello(0, 10));

        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW), new Data(0, 0, WINDOW, utf8("abc")));
    }

    @Test
    void anOtherEndThatLostWhatItHadIsAProtocolError() {
        end.pair(10);
        end.read("abc");
        end.sent();
        end.receive(new Ack(2, 12));

        stream.attached(end.now());
        end.sent();
        end.receive(new Hello(0, 10));

        end.assertProtocolError("the other end lost what it had: rxOffset 0 (expected: >= 2)");
    }

    @Test
    void aSecondHelloInOnePairingReplaysNothing() {
        end.pair(10);
        end.read("abc");
        end.sent();

        end.receive(new Hello(0, 10));

        assertThat(end.sent()).isEmpty();
    }

    @Test
    void finFollowsTheLastByteAndCountsAsOneNumber() {
        end.pair(10);
        end.read("abc");
        stream.localEnd();
        assertThat(end.sent()).containsExactly(new Data(0, 0, WINDOW, utf8("abc")), new Fin(3));
        assertThat(stream.readableBytes()).isZero();

        end.receive(new Ack(3, 13));
        end.receive(new Fin(0));
        end.closeOutput();
        assertThat(end.sent()).containsExactly(new Ack(1, WINDOW));
        assertThat(stream.state()).isEqualTo(new StreamState.Running());

        end.receive(new Ack(4, 13));
        assertThat(stream.state()).isEqualTo(new StreamState.Finished(3, 0));
    }

    @Test
    void aFinThatWasNotAcknowledgedIsSentAgainAfterAPairing() {
        end.pair(10);
        end.read("abc");
        stream.localEnd();
        end.sent();
        stream.detached(end.now());

        stream.attached(end.now());
        end.receive(new Hello(3, 13));
        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW), new Fin(3));

        stream.attached(end.now());
        end.receive(new Hello(4, 13));
        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW));
    }

    @Test
    void theOutputIsClosedOnlyAfterEveryByteWasWritten() {
        end.pair(10);
        end.receive(new Fin(2));
        end.receive(new Data(0, 0, 10, utf8("ab")));
        stream.takeDeliverable();
        stream.localWritten(1, end.now());
        assertThat(stream.isOutputToBeClosed()).isFalse();

        stream.localWritten(1, end.now());

        assertThat(stream.isOutputToBeClosed()).isTrue();
    }

    @Test
    void theOtherDirectionGoesOnAfterOneIsClosed() {
        end.pair(10);
        stream.localEnd();
        end.sent();
        end.receive(new Ack(1, 10));

        end.deliver(0, "still here");

        assertThat(stream.bytesReceived()).isEqualTo(10);
        assertThat(stream.state()).isEqualTo(new StreamState.Running());
    }

    @Test
    void bytesPastTheFinalOffsetOrAnotherFinalOffsetAreProtocolErrors() {
        end.pair(10);
        end.receive(new Fin(2));
        end.receive(new Data(0, 0, 10, utf8("abc")));
        end.assertProtocolError("bytes up to 3 after the final offset 2");

        TunnelStream other = new TunnelStream(StreamSettings.DEFAULT, end.now());
        other.attached(end.now());
        other.received(new Fin(0), end.now());
        other.received(new Fin(1), end.now());
        assertThat(other.state()).isInstanceOf(StreamState.Reset.class);
    }

    @Test
    void aFinishedEndAnswersAPairingSoThatTheOtherEndCanFinish() {
        end.pair(10);
        stream.localEnd();
        end.sent();
        end.receive(new Fin(0));
        end.receive(new Ack(1, 10));
        end.closeOutput();
        end.sent();
        assertThat(stream.state()).isEqualTo(new StreamState.Finished(0, 0));

        stream.attached(end.now());

        assertThat(end.sent()).containsExactly(new Hello(1, WINDOW));
    }

    @Test
    void aResetEndsBothDirectionsAtOnceAndIsSentOnce() {
        end.pair(10);
        end.read("abc");

        stream.reset(ResetCode.TARGET_RESET, "reset by the target");

        assertThat(end.sent()).containsExactly(new Reset(ResetCode.TARGET_RESET, "reset by the target"));
        assertThat(end.sent()).isEmpty();
        assertThat(stream.bytesHeld()).isZero();
        assertThat(stream.state())
                .isEqualTo(new StreamState.Reset(ResetCode.TARGET_RESET, "reset by the target", Origin.THIS_END));
    }

    @Test
    void aResetFromTheOtherSideIsNotAnswered() {
        end.pair(10);
        end.read("abc");

        end.receive(new Reset(new ResetCode(77), "who knows"));

        assertThat(stream.state()).isEqualTo(new StreamState.Reset(new ResetCode(77), "who knows", Origin.OTHER_END));
        assertThat(end.sent()).isEmpty();
        assertThat(stream.readableBytes()).isZero();
    }

    @Test
    void aSilentOtherEndIsPingedEvery25SecondsAndGivenUpAfterAMinute() {
        end.pair(10);
        end.advance(Duration.ofSeconds(24));
        assertThat(end.sent()).isEmpty();
        assertThat(stream.deadline())
                .isEqualTo(end.now() + Duration.ofSeconds(1).toNanos());

        end.advance(Duration.ofSeconds(1));
        assertThat(end.sent()).containsExactly(new Ping(1));
        end.advance(Duration.ofSeconds(25));
        assertThat(end.sent()).containsExactly(new Ping(2));
        assertThat(stream.isLegSilent(end.now())).isFalse();

        end.advance(Duration.ofSeconds(10));
        assertThat(stream.isLegSilent(end.now())).isTrue();
    }

    @Test
    void anAnswerToAPingStartsTheSilenceAnew() {
        end.pair(10);
        end.advance(Duration.ofSeconds(59));
        end.receive(new Pong(2));
        end.advance(Duration.ofSeconds(24));

        assertThat(end.sent()).isEmpty();
        assertThat(stream.isLegSilent(end.now())).isFalse();
    }

    @Test
    void aPingIsAnsweredWithItsToken() {
        end.pair(10);
        end.receive(new Ping(-5));

        assertThat(end.sent()).containsExactly(new Pong(-5));
    }

    @Test
    void anEndWithoutALegGivesUpAfterTheHold() {
        end.pair(10);
        stream.detached(end.now());
        end.advance(StreamSettings.DEFAULT.detachedHold().minusNanos(1));
        assertThat(stream.state()).isEqualTo(new StreamState.Running());
        assertThat(stream.deadline()).isEqualTo(end.now() + 1);

        end.advance(Duration.ofNanos(1));

        assertThat(stream.state())
                .isInstanceOfSatisfying(
                        StreamState.Reset.class, r -> assertThat(r.code()).isEqualTo(ResetCode.DETACHED_TOO_LONG));
    }
}
