package io.bascule.api.scaling;

import io.bascule.api.scaling.replicas.ReplicasView;
import io.bascule.scaling.Arrivals;
import io.bascule.scaling.Policy;
import io.bascule.scaling.Rules;
import io.bascule.scaling.Signal;
import io.bascule.scaling.Step;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a component scales, as clients see it.
 *
 * @param slots jobs that a pod runs at once
 * @param signals any of them may ask for more pods
 * @param measures the same and memory, each with what is compared with what
 * @param arrivals a query of Prometheus for the jobs a second that come to it; null where no series tells
 * @param replicas how many there are and should be; null until that is known, and outside of the workspace {@code default}
 */
record PolicyView(
        String component,
        int minPods,
        int maxPods,
        int slots,
        List<String> signals,
        List<MeasureView> measures,
        RulesView up,
        RulesView down,
        @Nullable String arrivals,
        @Nullable ReplicasView replicas) {

    private static final int WINDOW = 60;

    /**
     * A signal and its threshold.
     *
     * @param metric the series that it is read from; {@code cpu} and {@code memory} are known to the cluster only
     * @param formula what is compared with the threshold
     */
    record MeasureView(String metric, String formula, String threshold) {

        private static MeasureView of(Signal signal) {
            return new MeasureView(signal.metric(), signal.formula(), signal.threshold());
        }
    }

    /**
     * How fast the number of pods follows.
     *
     * @param steps such as {@code 4 pods each 60 s}
     * @param choose which of several steps counts: {@code larger} or {@code smaller}
     */
    record RulesView(
            int windowSeconds,
            @Schema(allowableValues = {"larger", "smaller"}) String choose,
            List<String> steps) {

        private static RulesView of(Rules rules) {
            String choose = switch (rules.choose()) {
                case LARGER -> "larger";
                case SMALLER -> "smaller";
            };
            return new RulesView(
                    rules.window(),
                    choose,
                    rules.steps().stream().map(RulesView::text).toList());
        }

        private static String text(Step step) {
            return switch (step) {
                case Step.Percent(int percent, int each) -> "%d %% each %d s".formatted(percent, each);
                case Step.Pods(int pods, int each) ->
                    "%d %s each %d s".formatted(pods, pods == 1 ? "pod" : "pods", each);
            };
        }
    }

    static PolicyView of(Policy policy, OptionalInt memory, @Nullable ReplicasView replicas) {
        Stream<MeasureView> unsimulated = memory.stream()
                .mapToObj(percent -> new MeasureView("memory", "memory used ÷ memory requested", percent + " %"));
        return new PolicyView(
                policy.component(),
                policy.pods().min(),
                policy.pods().max(),
                policy.slots(),
                policy.signals().stream().map(Signal::text).toList(),
                Stream.concat(policy.signals().stream().map(MeasureView::of), unsimulated)
                        .toList(),
                RulesView.of(policy.pace().up()),
                RulesView.of(policy.pace().down()),
                Arrivals.query(policy.component(), WINDOW).orElse(null),
                replicas);
    }
}
