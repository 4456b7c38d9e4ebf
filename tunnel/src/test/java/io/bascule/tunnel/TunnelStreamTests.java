package io.bascule.tunnel;

import static io.bascule.tunnel.StreamUnderTest.WINDOW;
import static io.bascule.tunnel.StreamUnderTest.text;
import static io.bascule.tunnel.StreamUnderTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Hello;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rules of {@code docs/protocol/tunnel.md} on offsets, limits and acknowledgements, one test for each. */
class TunnelStreamTests {

    private final StreamUnderTest end = new StreamUnderTest();
    private final TunnelStream stream = end.stream();

    @Test
    void helloIsTheFirstFrameAfterAPairingAndStatesTheWindow() {
        assertThat(end.sent()).isEmpty();

        stream.attached(end.now());

        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW));
    }

    @Test
    void nothingIsReadFromTheLocalSideBeforeTheOtherEndStatesALimit() {
        stream.attached(end.now());
        assertThat(stream.readableBytes()).isZero();

        end.receive(new Hello(0, 7));

        assertThat(stream.readableBytes()).isEqualTo(7);
    }

    @Test
    void theLocalSideIsNotReadPastTheOtherEndsLimit() {
        end.pair(10);
        end.read("0123456789");

        assertThat(stream.readableBytes()).isZero();
        assertThat(end.sent()).containsExactly(new Data(0, 0, WINDOW, utf8("0123456789")));

        end.receive(new Ack(4, 12));
        assertThat(stream.readableBytes()).isEqualTo(2);
    }

    @Test
    void bytesWaitWhileTheLegIsNotReadyAndAcknowledgementsDoNot() {
        end.pair(10);
        end.read("abc");
        end.deliver(0, "x".repeat(WINDOW / 2));

        assertThat(stream.nextFrame(false, end.now())).isEqualTo(new Ack(50, 150));
        assertThat(stream.nextFrame(false, end.now())).isNull();
        assertThat(stream.nextFrame(true, end.now())).isEqualTo(new Data(0, 50, 150, utf8("abc")));
    }

    @Test
    void anAcknowledgedByteIsOneThatWasWrittenLocally() {
        end.pair(10);
        end.receive(new Data(0, 0, 10, utf8("hello")));
        end.advance(Duration.ofSeconds(1));
        assertThat(end.sent()).isEmpty();

        assertThat(text(stream.takeDeliverable())).isEqualTo("hello");
        stream.localWritten(2, end.now());
        end.advance(Duration.ofMillis(20));

        assertThat(end.sent()).containsExactly(new Ack(2, 2 + WINDOW));
    }

    @Test
    void anAcknowledgementIsDueTwentyMillisecondsAfterTheFirstByteItCovers() {
        end.pair(10);
        end.deliver(0, "a");
        assertThat(stream.deadline())
                .isEqualTo(end.now() + Duration.ofMillis(20).toNanos());

        end.advance(Duration.ofMillis(19));
        end.deliver(1, "b");
        assertThat(end.sent()).isEmpty();

        end.advance(Duration.ofMillis(1));
        assertThat(end.sent()).containsExactly(new Ack(2, 2 + WINDOW));
    }

    @Test
    void anAcknowledgementIsDueAtOnceWhenHalfTheWindowIsConsumed() {
        end.pair(10);
        end.deliver(0, "x".repeat(WINDOW / 2 - 1));
        assertThat(end.sent()).isEmpty();

        end.deliver(WINDOW / 2 - 1, "x");

        assertThat(end.sent()).containsExactly(new Ack(50, 150));
    }

    @Test
    void anAcknowledgementRidesOnTheNextBytesSent() {
        end.pair(10);
        end.deliver(0, "abc");
        end.read("z");

        assertThat(end.sent()).containsExactly(new Data(0, 3, 103, utf8("z")));
        end.advance(Duration.ofMillis(20));
        assertThat(end.sent()).isEmpty();
    }

    @Test
    void bytesAheadAreHeldUntilTheGapIsFilledAndOverlapIsDropped() {
        end.pair(10);
        end.receive(new Data(4, 0, 10, utf8("efg")));
        assertThat(stream.hasDeliverable()).isFalse();

        end.receive(new Data(0, 0, 10, utf8("abcde")));
        assertThat(text(stream.takeDeliverable())).isEqualTo("abcdefg");

        end.receive(new Data(2, 0, 10, utf8("cdefgh")));
        assertThat(text(stream.takeDeliverable())).isEqualTo("h");
    }

    @Test
    void aByteAtTheLimitIsAProtocolErrorAndTheOneBeforeItIsNot() {
        end.pair(10);
        end.receive(new Data(WINDOW - 1, 0, 10, utf8("x")));
        assertThat(stream.state()).isEqualTo(new StreamState.Running());

        end.receive(new Data(WINDOW - 1, 0, 10, utf8("xy")));

        end.assertProtocolError("bytes up to 101 pass the limit 100");
    }

    @Test
    void theLimitIsTheOneThatWasStatedNotTheOneThatWillBe() {
        end.pair(10);
        end.deliver(0, "x");

        end.receive(new Data(1, 0, 10, utf8("x".repeat(WINDOW))));

        end.assertProtocolError("bytes up to 101 pass the limit 100");
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentIsAProtocolError() {
        end.pair(10);
        end.read("abc");
        end.sent();

        end.receive(new Ack(4, 10));

        end.assertProtocolError("rxOffset 4 acknowledges what was not sent (sent: 3)");
    }

    @Test
    void limitsAndAcknowledgementsThatFallAreIgnored() {
        end.pair(10);
        end.read("abcdef");
        end.sent();
        end.receive(new Ack(5, 20));

        end.receive(new Ack(2, 8));

        assertThat(stream.readableBytes()).isEqualTo(14);
        assertThat(stream.state()).isEqualTo(new StreamState.Running());
    }

    @Test
    void moreStretchesAheadThanALegCouldCauseAreAProtocolError() {
        TunnelStream wide = new TunnelStream(StreamSettings.DEFAULT, end.now());
        wide.attached(end.now());
        wide.nextFrame(true, end.now());
        for (int i = 1; i <= Incoming.MOST_STRETCHES_AHEAD; i++) {
            wide.received(new Data(2L * i, 0, 0, utf8("x")), end.now());
        }
        assertThat(wide.state()).isEqualTo(new StreamState.Running());

        wide.received(new Data(10_000, 0, 0, utf8("x")), end.now());

        assertThat(wide.state()).isInstanceOf(StreamState.Reset.class);
    }
}
