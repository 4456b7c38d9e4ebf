package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tunnel.client.raw.NoRawLegException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LegChoiceTests {

    private long now = Long.MAX_VALUE;

    @Test
    void whereThereIsNoWayForRawLegsNoneIsTriedForTenMinutes() {
        LegChoice legs = new LegChoice(LegKind.AUTO, () -> now);

        legs.learn("one:443", new NoRawLegException("it chose h2", true));

        assertThat(legs.to("other:443")).isEqualTo(LegKind.AUTO);
        now += TimeUnit.MINUTES.toNanos(10) - 1;
        assertThat(legs.to("one:443")).isEqualTo(LegKind.GRPC);
        now++;
        assertThat(legs.to("one:443")).isEqualTo(LegKind.AUTO);
    }

    @Test
    void aFailureThatMayPassIsNotRemembered() {
        LegChoice legs = new LegChoice(LegKind.AUTO, () -> now);

        legs.learn("one:443", new NoRawLegException("TLS: connection reset", false));

        assertThat(legs.to("one:443")).isEqualTo(LegKind.AUTO);
    }

    @Test
    void whatIsForgottenOfOneBridgeIsNotForgottenOfAnother() {
        LegChoice legs = new LegChoice(LegKind.AUTO, () -> now);
        NoRawLegException passing = new NoRawLegException("TLS: reset", false);
        legs.learn("one:443", new NoRawLegException("it chose h2", true));
        legs.learn("other:443", passing);
        legs.learn("other:443", passing);

        now += TimeUnit.MINUTES.toNanos(10);
        assertThat(legs.to("one:443")).isEqualTo(LegKind.AUTO);
        legs.learn("other:443", passing);

        assertThat(legs.to("other:443")).isEqualTo(LegKind.GRPC);
    }

    @Test
    void theKindIsSaidInTheEnvironmentAndAutoOtherwise() {
        assertThat(LegKind.configured(Map.of())).isEqualTo(LegKind.AUTO);
        assertThat(LegKind.configured(Map.of("BASCULE_TUNNEL_LEG", "Raw"))).isEqualTo(LegKind.RAW);
        assertThatThrownBy(() -> LegKind.configured(Map.of("BASCULE_TUNNEL_LEG", "fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BASCULE_TUNNEL_LEG: fast (expected: auto, grpc or raw)");
    }

    @Test
    void threeHandshakesInARowThatFailAreBelievedAndOneThatSucceedsBetweenThemCounts() {
        LegChoice legs = new LegChoice(LegKind.AUTO, () -> now);
        NoRawLegException passing = new NoRawLegException("TLS: reset", false);

        legs.learn("one:443", passing);
        legs.learn("one:443", passing);
        legs.worked("one:443");
        legs.learn("one:443", passing);
        legs.learn("one:443", passing);
        assertThat(legs.to("one:443")).isEqualTo(LegKind.AUTO);

        legs.learn("one:443", passing);
        assertThat(legs.to("one:443")).isEqualTo(LegKind.GRPC);
    }
}
