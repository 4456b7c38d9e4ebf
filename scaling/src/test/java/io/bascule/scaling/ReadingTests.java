package io.bascule.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.scaling.Reading.Average;
import io.bascule.scaling.Reading.Utilization;
import io.bascule.scaling.Reading.Value;
import org.junit.jupiter.api.Test;

/** The examples of Kubernetes' documentation, and what the type of a target changes. */
class ReadingTests {

    @Test
    void aMetricOfTwiceItsTargetDoublesThePodsAndOneOfHalfHalvesThem() {
        assertThat(new Value(200, 100).wanted(4, 4)).isEqualTo(8);
        assertThat(new Value(50, 100).wanted(4, 4)).isEqualTo(2);
    }

    @Test
    void withinATenthOfTheTargetNothingChanges() {
        assertThat(new Value(109, 100).wanted(10, 10)).isEqualTo(10);
        assertThat(new Value(111, 100).wanted(10, 10)).isEqualTo(12);
        assertThat(new Average(54, 5).wanted(10, 10)).isEqualTo(10);
        assertThat(new Average(56, 5).wanted(10, 10)).isEqualTo(12);
        assertThat(new Utilization(91, 100).wanted(10, 10)).isEqualTo(10);
    }

    @Test
    void anAveragedRatioCanNeverAskForMoreThanThreePods() {
        assertThat(new Average(1.0, 0.45).wanted(10, 10)).isEqualTo(3);
        assertThat(new Value(1.0, 0.45).wanted(10, 10)).isEqualTo(23);
    }

    @Test
    void aTotalIsSharedWhateverThePodsThatAreReady() {
        assertThat(new Average(100, 5).wanted(2, 1)).isEqualTo(20);
        assertThat(new Average(0, 5).wanted(20, 20)).isZero();
    }

    @Test
    void podsThatStartCountAsIdleBeforeMoreAreAskedFor() {
        assertThat(new Utilization(140, 70).wanted(2, 2)).isEqualTo(4);
        assertThat(new Utilization(140, 70).wanted(4, 2))
                .as("as much as is coming")
                .isEqualTo(4);
        assertThat(new Utilization(210, 70).wanted(4, 2)).isEqualTo(6);
    }

    @Test
    void aQuotientsLastBitAddsNoPod() {
        assertThat(new Average(1.3 * 10, 1.3).wanted(1, 1)).isEqualTo(10);
    }
}
