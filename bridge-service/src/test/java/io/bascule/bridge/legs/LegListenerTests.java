package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.pairing.LegId;
import io.bascule.bridge.peers.Peer;
import io.bascule.testsupport.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leg that does not come to attaching is counted once, whatever happens to it afterwards. */
class LegListenerTests {

    private final SettableClock clock = SettableClock.atNoon();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Faults faults = new Faults(registry);
    private final OpenLegs openLegs = new OpenLegs(clock, 1, faults);
    private final FakeLegStream stream = new FakeLegStream();
    private final Leg leg = new Leg(new LegId(1), stream);

    @SuppressWarnings("NullAway") // No test comes to attaching.
    private final LegListener listener =
            new LegListener(leg, new Peer(Peer.Kind.CLIENT, UUID.randomUUID(), "thumbprint"), null, openLegs, faults);

    @BeforeEach
    void connected() {
        openLegs.add(leg);
    }

    @Test
    void oneThatSentNoFrameIsNotSilentToo() {
        listener.violated("no frame");

        clock.advance(Duration.ofMinutes(1));
        openLegs.endLate();

        assertThat(counted("protocol_error")).isOne();
        assertThat(counted("silent")).isZero();
        assertThat(stream.sent).hasSize(1);
    }

    @Test
    void oneThatSentNoFrameHasNotLeftEarlyToo() {
        listener.violated("no frame");

        listener.halfClosed();
        listener.broken();

        assertThat(counted("protocol_error")).isOne();
        assertThat(counted("left")).isZero();
    }

    @Test
    void oneThatEndsItsDirectionAndIsCutHasLeftOnce() {
        listener.halfClosed();
        listener.broken();

        assertThat(counted("left")).isOne();
    }

    private double counted(String status) {
        return registry.get("bascule.bridge.legs.refused")
                .tag("status", status)
                .counter()
                .count();
    }
}
