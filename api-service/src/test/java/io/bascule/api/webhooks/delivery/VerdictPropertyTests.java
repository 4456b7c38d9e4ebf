package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.delivery.Attempt.Answered;
import io.bascule.api.webhooks.delivery.Attempt.NoAnswer;
import io.bascule.api.webhooks.delivery.Attempt.Refused;
import io.bascule.api.webhooks.delivery.Verdict.Again;
import io.bascule.api.webhooks.delivery.Verdict.Delivered;
import io.bascule.api.webhooks.delivery.Verdict.GivenUp;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VerdictPropertyTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Property
    void onlyAStatusOf2xxIsADelivery(
            @ForAll @IntRange(min = 100, max = 599) int status, @ForAll @IntRange(max = 20) int failures) {
        Verdict verdict = Verdict.of(new Answered(status, null), failures, 0.5);

        assertThat(verdict instanceof Delivered).isEqualTo(status / 100 == 2);
    }

    @Property
    void whatFailsIsSentAgainUntilItsAttemptsAreUsedUp(@ForAll @IntRange(max = 20) int failures) {
        Verdict verdict = Verdict.of(new NoAnswer("no route"), failures, 0.5);

        assertThat(verdict instanceof Again).isEqualTo(failures + 1 < RetrySchedule.ATTEMPTS);
        assertThat(verdict instanceof GivenUp).isEqualTo(failures + 1 >= RetrySchedule.ATTEMPTS);
    }

    @Test
    void whatIsGoneOrNotAllowedIsNotSentAgain() {
        assertThat(Verdict.of(new Answered(410, null), 0, 0.5)).isEqualTo(new GivenUp());
        assertThat(Verdict.of(new Refused("private"), 0, 0.5)).isEqualTo(new GivenUp());
    }

    @Property
    void anEndpointRestsAfterFiveFailuresInARow(@ForAll @IntRange(max = 30) int before) {
        EndpointHealth health = new EndpointHealth(0, null);
        for (int failure = 0; failure <= before; failure++) {
            health = health.failedAt(NOON.plusSeconds(failure));
        }

        assertThat(health.failingSince()).isEqualTo(NOON);
        assertThat(health.restsUntil(NOON)).isEqualTo(before + 1 >= 5 ? NOON.plus(EndpointHealth.REST) : NOON);
    }

    @Property
    void aWebhookIsDisabledOnlyWhenItFailedOftenAndForLong(
            @ForAll @IntRange(min = 1, max = 40) int failures, @ForAll @IntRange(max = 240) int hours) {
        var health = new EndpointHealth(failures, NOON);
        Instant now = NOON.plus(Duration.ofHours(hours));

        assertThat(health.reasonToDisable(new NoAnswer("no route"), now).isPresent())
                .isEqualTo(failures >= 11 && hours >= 120);
        assertThat(health.reasonToDisable(new Answered(410, null), now)).isPresent();
    }
}
