package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.pairing.LegId;
import io.bascule.testsupport.SettableClock;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.ResetCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenLegsTests {

    private final SettableClock clock = SettableClock.atNoon();
    private final OpenLegs legs = new OpenLegs(clock, 2, new Faults(new SimpleMeterRegistry()));
    private final FakeLegStream stream = new FakeLegStream();
    private final Leg leg = new Leg(new LegId(1), stream);

    @Test
    void aLegThatDoesNotAttachWithinTenSecondsIsEnded() throws Exception {
        legs.add(leg);

        clock.advance(Duration.ofMillis(9_999));
        legs.endLate();
        assertThat(stream.ended).isFalse();

        clock.advance(Duration.ofMillis(1));
        legs.endLate();
        assertThat(stream.ended).isTrue();
        assertThat(FrameCodec.decode(stream.sent.getFirst()))
                .isInstanceOfSatisfying(
                        Frame.Reset.class, reset -> assertThat(reset.code()).isEqualTo(ResetCode.PROTOCOL_ERROR));
        assertThat(legs.attaching(leg)).isFalse();
    }

    @Test
    void aLegThatAttachedInTimeStays() {
        legs.add(leg);
        assertThat(legs.attaching(leg)).isTrue();

        clock.advance(Duration.ofMinutes(1));
        legs.endLate();

        assertThat(stream.ended).isFalse();
    }

    @Test
    void oneLegTooManyIsRefusedUntilAnotherHasGone() {
        assertThat(legs.add(leg)).isTrue();
        assertThat(legs.add(new Leg(new LegId(2), stream))).isTrue();
        assertThat(legs.add(new Leg(new LegId(3), stream))).isFalse();

        legs.remove(leg);

        assertThat(legs.add(new Leg(new LegId(4), stream))).isTrue();
        assertThat(legs.count()).isEqualTo(2);
    }
}
