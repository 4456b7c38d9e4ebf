package io.bascule.orchestrator.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.SettableClock;
import io.bascule.testsupport.TestDatabase;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LeadershipTests {

    private static final Duration LENGTH = Duration.ofMinutes(5);

    private final JdbcClient database = JdbcClient.create(TestDatabase.create().dataSource());
    private final SettableClock clock = SettableClock.atNoon();
    private final Leadership first = pod("pod-1");
    private final Leadership second = pod("pod-2");

    @Test
    void onlyOneLeads() {
        first.renew();
        second.renew();

        assertThat(first.fence()).isPresent();
        assertThat(second.fence()).isEmpty();
    }

    @Test
    void theFenceStaysWhileTheLeaseIsProlonged() {
        first.renew();
        OptionalLong fence = first.fence();
        first.renew();

        assertThat(first.fence()).isEqualTo(fence);
    }

    @Test
    void aLeaseThatRanOutPassesOnUnderAHigherFence() {
        first.renew();
        long before = first.fence().orElseThrow();
        runOut();
        second.renew();
        first.renew();

        assertThat(second.fence().orElseThrow()).isGreaterThan(before);
        assertThat(first.fence()).isEmpty();
    }

    @Test
    void aLeaderThatCannotRenewStopsLeadingByItself() {
        first.renew();
        clock.advance(LENGTH);

        assertThat(first.fence()).isEmpty();
    }

    @Test
    void aLeaderThatStepsDownIsReplacedAtOnce() {
        first.renew();
        first.resign();
        second.renew();

        assertThat(second.fence()).isPresent();
    }

    @Test
    void aRestartedPodDoesNotInheritTheFenceOfItsFormerSelf() {
        first.renew();
        long before = first.fence().orElseThrow();
        Leadership restarted = pod("pod-1");
        restarted.renew();
        assertThat(restarted.fence()).isEmpty();
        runOut();
        restarted.renew();

        assertThat(restarted.fence().orElseThrow()).isGreaterThan(before);
    }

    /** A leader whose clock was set back thinks too long that it leads; what it would write is refused. */
    @Test
    void aClockThatIsSetBackLetsNobodyWriteBesideTheSuccessor() {
        first.renew();
        long fence = first.fence().orElseThrow();
        clock.advance(Duration.ofMinutes(-10));
        runOut();
        second.renew();

        assertThat(first.fence()).hasValue(fence);
        assertThatThrownBy(() -> first.hold(fence)).isInstanceOf(DeposedException.class);
        assertThatCode(() -> second.hold(second.fence().orElseThrow())).doesNotThrowAnyException();
    }

    @Test
    void aClockThatIsSetForwardPausesTheLeaderUntilItRenews() {
        first.renew();
        OptionalLong fence = first.fence();
        clock.advance(Duration.ofMinutes(10));
        assertThat(first.fence()).isEmpty();

        second.renew();
        first.renew();

        assertThat(second.fence()).isEmpty();
        assertThat(first.fence()).isEqualTo(fence);
    }

    private void runOut() {
        database.sql("update leader_leases set held_until = clock_timestamp() - interval '1 s'")
                .update();
    }

    private Leadership pod(String instance) {
        return new Leadership(new JdbcLeaderLease(database), LENGTH, instance, clock);
    }
}
