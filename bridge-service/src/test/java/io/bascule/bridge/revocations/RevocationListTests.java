package io.bascule.bridge.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.revocations.Revocation.Kind;
import io.bascule.testsupport.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RevocationListTests {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final UUID AGENT = UUID.randomUUID();

    private final SettableClock clock = new SettableClock(NOW);
    private final RevocationList list = new RevocationList(clock);

    @Test
    void nothingIsKnownBeforeTheApiHasToldAndNoneIsSomethingToBeTold() {
        assertThat(list.isTold()).isFalse();

        list.add(List.of());

        assertThat(list.isTold()).isTrue();
        assertThat(list.findAgent(AGENT)).isEmpty();
    }

    @Test
    void whatIsToldAgainIsNoNews() {
        Revocation revocation = revocation(7, "first");

        assertThat(list.add(List.of(revocation))).containsExactly(revocation);
        assertThat(list.add(List.of(revocation))).isEmpty();
        assertThat(list.known()).isEqualTo(7);
    }

    @Test
    void anEarlierOneThatComesLateReplacesNothing() {
        list.add(List.of(revocation(7, "later")));

        assertThat(list.add(List.of(revocation(3, "earlier")))).isEmpty();

        assertThat(list.findAgent(AGENT)).map(Revocation::reason).contains("later");
        assertThat(list.known()).isEqualTo(7);
    }

    @Test
    void oneIsForgottenOnlyWhenNoTicketFromBeforeCanBeGood() {
        list.add(List.of(revocation(7, "revoked")));
        clock.advance(Duration.ofHours(24));
        list.add(List.of());
        assertThat(list.findAgent(AGENT)).isPresent();

        clock.advance(Duration.ofHours(2));
        list.add(List.of());

        assertThat(list.findAgent(AGENT)).isEmpty();
    }

    private static Revocation revocation(long id, String reason) {
        return new Revocation(id, Kind.AGENT, AGENT, AGENT, reason, NOW);
    }
}
