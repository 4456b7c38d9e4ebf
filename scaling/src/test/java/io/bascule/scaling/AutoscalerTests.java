package io.bascule.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.Rules.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Steps and windows, by the examples of Kubernetes' documentation of {@code behavior}. */
class AutoscalerTests {

    private static final Rules FREELY = new Rules(0, Choice.LARGER, List.of(new Step.Percent(10_000, 15)));

    private static Autoscaler scaler(int min, int max, Rules up, Rules down) {
        return new Autoscaler(new PodRange(min, max), new Pace(up, down));
    }

    /** The number of pods after each interval in which so many were wanted. */
    private static List<Integer> course(Autoscaler scaler, int from, int... wanted) {
        List<Integer> course = new ArrayList<>();
        int pods = from;
        for (int i = 0; i < wanted.length; i++) {
            pods = scaler.decide(15L * i, pods, pods, List.of(new Reading.Average(wanted[i], 1)))
                    .pods();
            course.add(pods);
        }
        return course;
    }

    private static int[] always(int pods, int times) {
        return IntStream.generate(() -> pods).limit(times).toArray();
    }

    @Test
    void theLargerStepUpCounts() {
        Rules up = new Rules(0, Choice.LARGER, List.of(new Step.Percent(100, 15), new Step.Pods(4, 15)));

        assertThat(course(scaler(1, 100, up, FREELY), 1, always(80, 6))).containsExactly(5, 10, 20, 40, 80, 80);
    }

    @Test
    void aPeriodsChangesAreTakenTogether() {
        Rules up = new Rules(0, Choice.LARGER, List.of(new Step.Pods(4, 60)));

        assertThat(course(scaler(1, 100, up, FREELY), 1, always(80, 9))).containsExactly(5, 5, 5, 5, 9, 9, 9, 9, 13);
    }

    @Test
    void tenPerCentDownAreRoundedUpUntilFourPodsAreMore() {
        Rules down = new Rules(0, Choice.LARGER, List.of(new Step.Pods(4, 15), new Step.Percent(10, 15)));

        assertThat(course(scaler(1, 100, FREELY, down), 80, always(10, 14)))
                .containsExactly(72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10);
    }

    @Test
    void theSmallerStepDownIsTheOneThatKeepsMore() {
        Rules down = new Rules(0, Choice.SMALLER, List.of(new Step.Percent(50, 15), new Step.Pods(1, 15)));

        assertThat(course(scaler(2, 100, FREELY, down), 10, always(2, 3))).containsExactly(9, 8, 7);
    }

    @Test
    void theWindowHoldsTheMostThatWasWantedInIt() {
        Rules down = new Rules(60, Choice.LARGER, List.of(new Step.Percent(100, 15)));

        assertThat(course(scaler(1, 100, FREELY, down), 10, 10, 4, 4, 4, 4, 4))
                .as("a minute after ten were wanted for the last time")
                .containsExactly(10, 10, 10, 10, 4, 4);
    }

    @Test
    void aWindowUpwardsWaitsForTheLeast() {
        Rules up = new Rules(45, Choice.LARGER, List.of(new Step.Percent(10_000, 15)));

        assertThat(course(scaler(1, 100, up, FREELY), 2, 2, 10, 8, 9, 9)).containsExactly(2, 2, 2, 8, 8);
    }

    @Test
    void theRangeIsKeptAndReturnedToWithoutAMetric() {
        assertThat(course(scaler(2, 5, FREELY, FREELY), 3, 0, 9)).containsExactly(2, 5);
        assertThat(scaler(2, 5, FREELY, FREELY).decide(0, 7, 7, List.of()).pods())
                .isEqualTo(5);
        assertThat(scaler(2, 5, FREELY, FREELY).decide(0, 1, 1, List.of()).pods())
                .isEqualTo(2);
        assertThat(scaler(2, 5, FREELY, FREELY).decide(0, 4, 4, List.of()).pods())
                .isEqualTo(4);
    }

    @Test
    void theMetricThatWantsMostCounts() {
        var readings = List.<Reading>of(new Reading.Average(6, 1), new Reading.Value(3, 1), new Reading.Average(0, 1));

        assertThat(scaler(1, 100, FREELY, FREELY).decide(0, 3, 3, readings).pods())
                .isEqualTo(9);
    }

    @Test
    void whatHeldADecisionIsSaid() {
        Rules up = new Rules(0, Choice.LARGER, List.of(new Step.Pods(4, 60)));
        Rules down = new Rules(60, Choice.LARGER, List.of(new Step.Percent(100, 15)));
        Autoscaler scaler = scaler(2, 10, up, down);

        assertThat(decide(scaler, 0, 2, 3)).isEqualTo(new Decision(3, 3, Hold.NOTHING));
        assertThat(decide(scaler, 15, 3, 30)).isEqualTo(new Decision(6, 30, Hold.STEPS));
        assertThat(decide(scaler, 75, 6, 30)).isEqualTo(new Decision(10, 30, Hold.MOST));
        assertThat(decide(scaler, 90, 10, 1)).isEqualTo(new Decision(10, 1, Hold.WINDOW));
        assertThat(decide(scaler, 300, 10, 1)).isEqualTo(new Decision(2, 1, Hold.LEAST));
        assertThat(scaler.decide(315, 2, 2, List.of())).isEqualTo(new Decision(2, 2, Hold.BLINDNESS));
        assertThat(scaler.decide(330, 1, 1, List.of())).isEqualTo(new Decision(2, 1, Hold.LEAST));
    }

    @Test
    void anotherGoesOnWithTheMemoryAsIfItWereTheSame() {
        Rules up = new Rules(30, Choice.LARGER, List.of(new Step.Pods(4, 60)));
        Rules down = new Rules(60, Choice.SMALLER, List.of(new Step.Percent(50, 60), new Step.Pods(1, 60)));
        int[] wanted = {2, 30, 30, 30, 9, 1, 40, 40, 40, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
        Autoscaler same = scaler(2, 20, up, down);
        Memory memory = Memory.NONE;
        int pods = 2;

        for (int i = 0; i < wanted.length; i++) {
            var successor = new Autoscaler(new PodRange(2, 20), new Pace(up, down), memory);
            Decision decision = decide(successor, 15L * i, pods, wanted[i]);
            assertThat(decision).as("step %d", i).isEqualTo(decide(same, 15L * i, pods, wanted[i]));
            memory = successor.memory();
            pods = decision.pods();
        }
        assertThat(pods).isGreaterThan(2);
    }

    @Test
    void theMemoryDoesNotGrow() {
        Rules up = new Rules(30, Choice.LARGER, List.of(new Step.Percent(100, 15)));
        Autoscaler scaler = scaler(1, 100, up, new Rules(60, Choice.LARGER, List.of(new Step.Percent(100, 60))));
        int pods = 1;
        for (int i = 0; i < 10_000; i++) {
            pods = decide(scaler, 15L * i, pods, i % 2 == 0 ? 1 : 90).pods();
        }

        assertThat(scaler.memory().wishes()).hasSizeLessThanOrEqualTo(4);
        assertThat(scaler.memory().changes()).hasSizeLessThanOrEqualTo(4);
    }

    private static Decision decide(Autoscaler scaler, long now, int pods, int wanted) {
        return scaler.decide(now, pods, pods, List.of(new Reading.Average(wanted, 1)));
    }
}
