package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.SettableClock;
import io.bascule.tunnel.EndRole;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UsedTicketsTests {

    private final SettableClock clock = SettableClock.atNoon();
    private final UsedTickets used = new UsedTickets(clock);
    private final Instant expiry = clock.instant().plusSeconds(60);

    @Test
    void aTicketIsGoodOnceForEachEnd() {
        assertThat(used.use("t1", EndRole.CLIENT, expiry)).isTrue();
        assertThat(used.use("t1", EndRole.CLIENT, expiry)).isFalse();
        assertThat(used.use("t1", EndRole.AGENT, expiry)).isTrue();
        assertThat(used.use("t2", EndRole.CLIENT, expiry)).isTrue();
    }

    @Test
    void aUseIsRememberedForLongerThanTheTicketIsGood() {
        used.use("t1", EndRole.CLIENT, expiry);

        clock.advance(Duration.ofSeconds(60 + 30));
        used.forgetExpired();
        assertThat(used.use("t1", EndRole.CLIENT, expiry)).isFalse();

        clock.advance(Duration.ofSeconds(31));
        used.forgetExpired();
        assertThat(used.use("t1", EndRole.CLIENT, expiry)).isTrue();
    }
}
