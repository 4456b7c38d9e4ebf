package io.bascule.api.scaling.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.scaling.replicas.ComponentState.Seen;
import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.Policy;
import io.bascule.scaling.ScalingFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps with the deployed policies, by hand. */
class ScalingStepTests {

    private static final ScalingFile FILE = ScalingFile.deployed();
    private static final String INSTANT = "instant-worker";
    private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

    private final Policy policy = FILE.policy(INSTANT);
    private final List<ScalingDecision> decisions = new ArrayList<>();
    private @Nullable ComponentState state;
    private Instant now = START;

    private ComponentState step(int live, double jobs) {
        return step(policy, new PlatformSight(Map.of(INSTANT, live), Map.of("instant_tasks_jobs_total", jobs)));
    }

    private ComponentState step(Policy by, PlatformSight sight) {
        ScalingStep step = ScalingStep.take(by, state, sight, now);
        step.decision().ifPresent(decisions::add);
        state = step.state();
        now = now.plusSeconds(15);
        return step.state();
    }

    @Test
    void aBacklogIsFollowedByTheStepsAndLeftAfterTheWindow() {
        assertThat(step(2, 4).desired()).isEqualTo(2);
        assertThat(decisions).isEmpty();

        assertThat(step(2, 60).desired()).as("four a minute").isEqualTo(6);
        assertThat(decisions.getFirst())
                .isEqualTo(new ScalingDecision(
                        INSTANT, START.plusSeconds(15), 2, 6, 2, "instant_tasks_jobs_total", 60.0, 12, Hold.STEPS));
        for (int i = 0; i < 3; i++) {
            assertThat(step(2, 60).desired()).as("though two live still").isEqualTo(6);
        }
        assertThat(step(6, 60).desired()).isEqualTo(10);
        for (int i = 0; i < 3; i++) {
            step(10, 60);
        }
        ComponentState enough = step(10, 60);
        assertThat(enough.desired()).isEqualTo(12);
        assertThat(enough.hold()).isEqualTo(Hold.NOTHING);

        assertThat(step(12, 0).hold()).isEqualTo(Hold.WINDOW);
        for (int i = 0; i < 4; i++) {
            step(12, 0);
        }
        assertThat(decisions.getLast().from()).isEqualTo(12);
        assertThat(decisions.getLast().to()).as("the smaller of half and one").isEqualTo(11);
    }

    @Test
    void whereFewerLiveThanMayTheLeastAreDesired() {
        step(1, 0);

        assertThat(decisions).singleElement().satisfies(first -> {
            assertThat(first.from()).isEqualTo(1);
            assertThat(first.to()).isEqualTo(2);
            assertThat(first.hold()).isEqualTo(Hold.LEAST);
        });
    }

    @Test
    void aSignalThatIsAwayForAMomentChangesNothing() {
        step(2, 4);
        assertThat(step(2, 20).desired()).isEqualTo(4);

        PlatformSight nothing = new PlatformSight(Map.of(), Map.of());
        for (int i = 0; i < 40; i++) {
            step(policy, nothing);
        }
        ComponentState blind = step(policy, nothing);

        assertThat(blind.desired()).isEqualTo(4);
        assertThat(blind.hold()).isEqualTo(Hold.BLINDNESS);
        assertThat(blind.pods()).isNull();
        assertThat(blind.signals()).containsExactly(new Seen("instant_tasks_jobs_total", null, null));
        assertThat(decisions).hasSize(1);
    }

    @Test
    void whatIsNeverSeenIsNotDesired() {
        PlatformSight apiOnly = new PlatformSight(Map.of("api-service", 3), Map.of());

        ComponentState api = step(FILE.policy("api-service"), apiOnly);

        assertThat(api.pods()).isEqualTo(3);
        assertThat(api.desired()).isNull();
        assertThat(api.signals()).containsExactly(new Seen("cpu", null, null));
        state = null;
        assertThat(step(FILE.policy("custom-code-runner"), apiOnly).pods()).isNull();
        assertThat(decisions).isEmpty();
    }

    @Test
    void oneOfTwoSignalsIsEnough() {
        PlatformSight sight = new PlatformSight(Map.of("bridge-service", 2), Map.of("bascule_bridge_tunnels", 1_501.0));

        ComponentState bridges = step(FILE.policy("bridge-service"), sight);

        assertThat(bridges.desired()).isEqualTo(4);
        assertThat(bridges.signals())
                .containsExactly(new Seen("cpu", null, null), new Seen("bascule_bridge_tunnels", 1_501.0, 4));
    }

    @Test
    void theReserveOfQueuedWorkersIsAskedFor() {
        PlatformSight sight =
                new PlatformSight(Map.of("queued-worker", 4), Map.of("queued_tasks_workers_required", 5.0));

        assertThat(step(FILE.policy("queued-worker"), sight).desired()).isEqualTo(7);
    }
}
