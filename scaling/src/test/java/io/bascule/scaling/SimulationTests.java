package io.bascule.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.scaling.Load.Spike;
import io.bascule.scaling.Load.Steady;
import org.junit.jupiter.api.Test;

/** The deployed policies under loads whose outcome can be reckoned by hand. */
class SimulationTests {

    private static final ScalingFile FILE = ScalingFile.deployed();

    private static Course course(String component, double jobSeconds, Load load, int seconds) {
        Policy policy = FILE.policy(component);
        return new Simulation(policy, new Work(jobSeconds, policy.slots(), 20)).run(load, seconds);
    }

    private static Moment last(Course course) {
        return course.moments().getLast();
    }

    @Test
    void instantWorkersHaveFiveJobsEachAtRest() {
        Moment end = last(course("instant-worker", 2, new Steady(20), 1800));

        assertThat(end.running()).isEqualTo(40);
        assertThat(end.pods()).isEqualTo(8);
        assertThat(end.waiting()).isZero();
    }

    @Test
    void queuedWorkersAreAsManyAsJobsAndThirtyPerCent() {
        Moment end = last(course("queued-worker", 30, new Steady(0.5), 3600));

        assertThat(end.running()).isBetween(14.9, 15.1);
        assertThat(end.pods()).isBetween(19, 21);
    }

    @Test
    void runnersPassThreePodsAndSettleBelowTheirRatio() {
        Moment end = last(course("custom-code-runner", 5, new Steady(4), 3600));

        assertThat(end.pods()).isGreaterThan(3);
        assertThat(end.running() / (end.ready() * end.slots())).isBetween(0.3, 0.5);
    }

    @Test
    void aSpikeIsFollowedWithinTheStepsAndLeftAfterTheWindow() {
        Course course = course("instant-worker", 1, new Spike(5, 80, 300, 600), 1500);

        assertThat(course.moments().get(299).pods()).isEqualTo(2);
        assertThat(course.moments().get(345).pods()).as("four pods a minute").isEqualTo(6);
        assertThat(course.moments().get(599).pods()).isGreaterThanOrEqualTo(16);
        assertThat(last(course).pods()).isLessThan(6);
        assertThat(course.summary().mostWaiting()).isPositive();
        assertThat(course.summary().waitP99()).isGreaterThan(course.summary().waitP50());
    }

    @Test
    void noJobIsLostOrMade() {
        Course course = course("instant-worker", 3, new Spike(1, 50, 60, 120), 3600);

        double arrived = course.moments().stream().mapToDouble(Moment::arrivals).sum();
        double worked = course.moments().stream().mapToDouble(Moment::running).sum() / 3;
        assertThat(worked).isBetween(arrived - last(course).running() - 0.1, arrived);
    }

    @Test
    void moreThanTheMostPodsCanDoWaits() {
        Course course = course("queued-worker", 60, new Steady(2), 3600);

        assertThat(last(course).pods()).isEqualTo(50);
        assertThat(last(course).waiting()).isGreaterThan(1000);
        assertThat(course.summary().podHours()).isBetween(40.0, 50.0);
    }

    @Test
    void whatDoesNotScaleHasNoPolicyAndWhatCannotBeSimulatedIsRefused() {
        assertThat(FILE.components()).contains("instant-worker").hasSize(6);
        assertThatThrownBy(() -> FILE.policy("orchestrator")).hasMessageContaining("expected: api-service, bridge");
        assertThatThrownBy(() -> course("queued-worker", 1, new Steady(1), 0)).hasMessageContaining("expected: 1 to");
        assertThatThrownBy(() -> new Work(0, 1, 1)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new Steady(-1)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> RecordedLoad.read("0,1\n10,x")).hasMessageContaining("\"10,x\"");
        assertThatThrownBy(() -> RecordedLoad.read("5,1\n5,2")).hasMessageContaining("seconds that grow");
    }
}
