package io.bascule.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.BetweenEnds;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Fin;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Ping;
import io.bascule.tunnel.Frame.Pong;
import io.bascule.tunnel.Frame.Reset;
import io.bascule.tunnel.StreamState.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test for each rule of {@code docs/protocol/tunnel.md} that an end has to keep. */
class TunnelStreamTests {

    private static final int WINDOW = 100;

    private long now = 1_000;
    private final TunnelStream stream = new TunnelStream(StreamSettings.DEFAULT.withWindow(WINDOW), now);

    @Test
    void helloIsTheFirstFrameAfterAPairingAndStatesTheWindow() {
        assertThat(sent()).isEmpty();

        stream.attached(now);

        assertThat(sent()).containsExactly(new Hello(0, WINDOW));
    }

    @Test
    void nothingIsReadFromTheLocalSideBeforeTheOtherEndStatesALimit() {
        stream.attached(now);
        assertThat(stream.readableBytes()).isZero();

        receive(new Hello(0, 7));

        assertThat(stream.readableBytes()).isEqualTo(7);
    }

    @Test
    void theLocalSideIsNotReadPastTheOtherEndsLimit() {
        pair(10);
        read("0123456789");

        assertThat(stream.readableBytes()).isZero();
        assertThat(sent()).containsExactly(new Data(0, 0, WINDOW, utf8("0123456789")));

        receive(new Ack(4, 12));
        assertThat(stream.readableBytes()).isEqualTo(2);
    }

    @Test
    void bytesWaitWhileTheLegIsNotReadyAndAcknowledgementsDoNot() {
        pair(10);
        read("abc");
        deliver(0, "x".repeat(WINDOW / 2));

        assertThat(stream.nextFrame(false, now)).isEqualTo(new Ack(50, 150));
        assertThat(stream.nextFrame(false, now)).isNull();
        assertThat(stream.nextFrame(true, now)).isEqualTo(new Data(0, 50, 150, utf8("abc")));
    }

    @Test
    void anAcknowledgedByteIsOneThatWasWrittenLocally() {
        pair(10);
        receive(new Data(0, 0, 10, utf8("hello")));
        advance(Duration.ofSeconds(1));
        assertThat(sent()).isEmpty();

        assertThat(text(stream.takeDeliverable())).isEqualTo("hello");
        stream.localWritten(2, now);
        advance(Duration.ofMillis(20));

        assertThat(sent()).containsExactly(new Ack(2, 2 + WINDOW));
    }

    @Test
    void anAcknowledgementIsDueTwentyMillisecondsAfterTheFirstByteItCovers() {
        pair(10);
        deliver(0, "a");
        assertThat(stream.deadline()).isEqualTo(now + Duration.ofMillis(20).toNanos());

        advance(Duration.ofMillis(19));
        deliver(1, "b");
        assertThat(sent()).isEmpty();

        advance(Duration.ofMillis(1));
        assertThat(sent()).containsExactly(new Ack(2, 2 + WINDOW));
    }

    @Test
    void anAcknowledgementIsDueAtOnceWhenHalfTheWindowIsConsumed() {
        pair(10);
        deliver(0, "x".repeat(WINDOW / 2 - 1));
        assertThat(sent()).isEmpty();

        deliver(WINDOW / 2 - 1, "x");

        assertThat(sent()).containsExactly(new Ack(50, 150));
    }

    @Test
    void anAcknowledgementRidesOnTheNextBytesSent() {
        pair(10);
        deliver(0, "abc");
        read("z");

        assertThat(sent()).containsExactly(new Data(0, 3, 103, utf8("z")));
        advance(Duration.ofMillis(20));
        assertThat(sent()).isEmpty();
    }

    @Test
    void bytesAheadAreHeldUntilTheGapIsFilledAndOverlapIsDropped() {
        pair(10);
        receive(new Data(4, 0, 10, utf8("efg")));
        assertThat(stream.hasDeliverable()).isFalse();

        receive(new Data(0, 0, 10, utf8("abcde")));
        assertThat(text(stream.takeDeliverable())).isEqualTo("abcdefg");

        receive(new Data(2, 0, 10, utf8("cdefgh")));
        assertThat(text(stream.takeDeliverable())).isEqualTo("h");
    }

    @Test
    void aByteAtTheLimitIsAProtocolErrorAndTheOneBeforeItIsNot() {
        pair(10);
        receive(new Data(WINDOW - 1, 0, 10, utf8("x")));
        assertThat(stream.state()).isEqualTo(new StreamState.Running());

        receive(new Data(WINDOW - 1, 0, 10, utf8("xy")));

        assertProtocolError("bytes up to 101 pass the limit 100");
    }

    @Test
    void theLimitIsTheOneThatWasStatedNotTheOneThatWillBe() {
        pair(10);
        deliver(0, "x");

        receive(new Data(1, 0, 10, utf8("x".repeat(WINDOW))));

        assertProtocolError("bytes up to 101 pass the limit 100");
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentIsAProtocolError() {
        pair(10);
        read("abc");
        sent();

        receive(new Ack(4, 10));

        assertProtocolError("rxOffset 4 acknowledges what was not sent (sent: 3)");
    }

    @Test
    void limitsAndAcknowledgementsThatFallAreIgnored() {
        pair(10);
        read("abcdef");
        sent();
        receive(new Ack(5, 20));

        receive(new Ack(2, 8));

        assertThat(stream.readableBytes()).isEqualTo(14);
        assertThat(stream.state()).isEqualTo(new StreamState.Running());
    }

    @Test
    void aNewPairingReplaysFromTheOtherEndsOffset() {
        pair(10);
        read("abc");
        sent();
        read("def");
        sent();
        receive(new Ack(1, 11));
        stream.detached(now);
        assertThat(sent()).isEmpty();

        stream.attached(now);
        assertThat(sent()).containsExactly(new Hello(0, WINDOW));
        receive(new Hello(4, 14));

        assertThat(sent()).containsExactly(new Data(4, 0, WINDOW, utf8("ef")));
        assertThat(stream.readableBytes()).isEqualTo(8);
    }

    @Test
    void bytesReadWhileThereIsNoLegAreSentAfterThePairing() {
        pair(10);
        stream.detached(now);
        read("abc");

        stream.attached(now);
        receive(new Hello(0, 10));

        assertThat(sent()).containsExactly(new Hello(0, WINDOW), new Data(0, 0, WINDOW, utf8("abc")));
    }

    @Test
    void aSecondHelloInOnePairingReplaysNothing() {
        pair(10);
        read("abc");
        sent();

        receive(new Hello(0, 10));

        assertThat(sent()).isEmpty();
    }

    @Test
    void finFollowsTheLastByteAndCountsAsOneNumber() {
        pair(10);
        read("abc");
        stream.localEnd();
        assertThat(sent()).containsExactly(new Data(0, 0, WINDOW, utf8("abc")), new Fin(3));
        assertThat(stream.readableBytes()).isZero();

        receive(new Ack(3, 13));
        receive(new Fin(0));
        closeOutput();
        assertThat(sent()).containsExactly(new Ack(1, WINDOW));
        assertThat(stream.state()).isEqualTo(new StreamState.Running());

        receive(new Ack(4, 13));
        assertThat(stream.state()).isEqualTo(new StreamState.Finished(3, 0));
    }

    @Test
    void aFinThatWasNotAcknowledgedIsSentAgainAfterAPairing() {
        pair(10);
        read("abc");
        stream.localEnd();
        sent();
        stream.detached(now);

        stream.attached(now);
        receive(new Hello(3, 13));
        assertThat(sent()).containsExactly(new Hello(0, WINDOW), new Fin(3));

        stream.attached(now);
        receive(new Hello(4, 13));
        assertThat(sent()).containsExactly(new Hello(0, WINDOW));
    }

    @Test
    void theOutputIsClosedOnlyAfterEveryByteWasWritten() {
        pair(10);
        receive(new Fin(2));
        receive(new Data(0, 0, 10, utf8("ab")));
        stream.takeDeliverable();
        stream.localWritten(1, now);
        assertThat(stream.isOutputToBeClosed()).isFalse();

        stream.localWritten(1, now);

        assertThat(stream.isOutputToBeClosed()).isTrue();
    }

    @Test
    void theOtherDirectionGoesOnAfterOneIsClosed() {
        pair(10);
        stream.localEnd();
        sent();
        receive(new Ack(1, 10));

        deliver(0, "still here");

        assertThat(stream.bytesReceived()).isEqualTo(10);
        assertThat(stream.state()).isEqualTo(new StreamState.Running());
    }

    @Test
    void bytesPastTheFinalOffsetOrAnotherFinalOffsetAreProtocolErrors() {
        pair(10);
        receive(new Fin(2));
        receive(new Data(0, 0, 10, utf8("abc")));
        assertProtocolError("bytes up to 3 after the final offset 2");

        TunnelStream other = new TunnelStream(StreamSettings.DEFAULT, now);
        other.attached(now);
        other.received(new Fin(0), now);
        other.received(new Fin(1), now);
        assertThat(other.state()).isInstanceOf(StreamState.Reset.class);
    }

    @Test
    void aFinishedEndAnswersAPairingSoThatTheOtherEndCanFinish() {
        pair(10);
        stream.localEnd();
        sent();
        receive(new Fin(0));
        receive(new Ack(1, 10));
        closeOutput();
        sent();
        assertThat(stream.state()).isEqualTo(new StreamState.Finished(0, 0));

        stream.attached(now);

        assertThat(sent()).containsExactly(new Hello(1, WINDOW));
    }

    @Test
    void aResetEndsBothDirectionsAtOnceAndIsSentOnce() {
        pair(10);
        read("abc");

        stream.reset(ResetCode.TARGET_RESET, "reset by the target");

        assertThat(sent()).containsExactly(new Reset(ResetCode.TARGET_RESET, "reset by the target"));
        assertThat(sent()).isEmpty();
        assertThat(stream.bytesHeld()).isZero();
        assertThat(stream.state())
                .isEqualTo(new StreamState.Reset(ResetCode.TARGET_RESET, "reset by the target", Origin.THIS_END));
    }

    @Test
    void aResetFromTheOtherSideIsNotAnswered() {
        pair(10);
        read("abc");

        receive(new Reset(new ResetCode(77), "who knows"));

        assertThat(stream.state()).isEqualTo(new StreamState.Reset(new ResetCode(77), "who knows", Origin.OTHER_END));
        assertThat(sent()).isEmpty();
        assertThat(stream.readableBytes()).isZero();
    }

    @Test
    void aSilentOtherEndIsPingedEvery25SecondsAndGivenUpAfterAMinute() {
        pair(10);
        advance(Duration.ofSeconds(24));
        assertThat(sent()).isEmpty();
        assertThat(stream.deadline()).isEqualTo(now + Duration.ofSeconds(1).toNanos());

        advance(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly(new Ping(1));
        advance(Duration.ofSeconds(25));
        assertThat(sent()).containsExactly(new Ping(2));
        assertThat(stream.isLegSilent(now)).isFalse();

        advance(Duration.ofSeconds(10));
        assertThat(stream.isLegSilent(now)).isTrue();
    }

    @Test
    void anAnswerToAPingStartsTheSilenceAnew() {
        pair(10);
        advance(Duration.ofSeconds(59));
        receive(new Pong(2));
        advance(Duration.ofSeconds(24));

        assertThat(sent()).isEmpty();
        assertThat(stream.isLegSilent(now)).isFalse();
    }

    @Test
    void aPingIsAnsweredWithItsToken() {
        pair(10);
        receive(new Ping(-5));

        assertThat(sent()).containsExactly(new Pong(-5));
    }

    @Test
    void anEndWithoutALegGivesUpAfterTheHold() {
        pair(10);
        stream.detached(now);
        advance(StreamSettings.DEFAULT.detachedHold().minusNanos(1));
        assertThat(stream.state()).isEqualTo(new StreamState.Running());
        assertThat(stream.deadline()).isEqualTo(now + 1);

        advance(Duration.ofNanos(1));

        assertThat(stream.state())
                .isInstanceOfSatisfying(
                        StreamState.Reset.class, r -> assertThat(r.code()).isEqualTo(ResetCode.DETACHED_TOO_LONG));
    }

    @Test
    void moreStretchesAheadThanALegCouldCauseAreAProtocolError() {
        TunnelStream wide = new TunnelStream(StreamSettings.DEFAULT, now);
        wide.attached(now);
        wide.nextFrame(true, now);
        for (int i = 1; i <= Incoming.MOST_STRETCHES_AHEAD; i++) {
            wide.received(new Data(2L * i, 0, 0, utf8("x")), now);
        }
        assertThat(wide.state()).isEqualTo(new StreamState.Running());

        wide.received(new Data(10_000, 0, 0, utf8("x")), now);

        assertThat(wide.state()).isInstanceOf(StreamState.Reset.class);
    }

    private void pair(long otherEndsLimit) {
        stream.attached(now);
        receive(new Hello(0, otherEndsLimit));
        assertThat(sent()).containsExactly(new Hello(0, WINDOW));
    }

    private void receive(BetweenEnds frame) {
        stream.received(frame, now);
    }

    private void deliver(long offset, String text) {
        receive(new Data(offset, 0, 10, utf8(text)));
        stream.localWritten(text(stream.takeDeliverable()).length(), now);
    }

    private void closeOutput() {
        assertThat(stream.isOutputToBeClosed()).isTrue();
        stream.localOutputClosed(now);
    }

    private void read(String text) {
        assertThat(stream.readableBytes()).isGreaterThanOrEqualTo(text.length());
        stream.localRead(utf8(text));
    }

    private void advance(Duration time) {
        now += time.toNanos();
        stream.tick(now);
    }

    private List<BetweenEnds> sent() {
        List<BetweenEnds> frames = new ArrayList<>();
        for (BetweenEnds next = stream.nextFrame(true, now); next != null; next = stream.nextFrame(true, now)) {
            frames.add(next);
        }
        return frames;
    }

    private void assertProtocolError(String text) {
        assertThat(stream.state()).isEqualTo(new StreamState.Reset(ResetCode.PROTOCOL_ERROR, text, Origin.THIS_END));
        assertThat(sent()).containsExactly(new Reset(ResetCode.PROTOCOL_ERROR, text));
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(UTF_8));
    }

    private static String text(List<Bytes> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(new String(piece.toByteArray(), UTF_8)));
        return text.toString();
    }
}
