package io.bascule.api.scaling;

import io.bascule.scaling.Policy;
import io.bascule.scaling.Rules;
import io.bascule.scaling.Signal;
import io.bascule.scaling.Step;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * How a component scales, as clients see it.
 *
 * @param slots jobs that a pod runs at once
 * @param signals any of them may ask for more pods
 */
record PolicyView(
        String component, int minPods, int maxPods, int slots, List<String> signals, RulesView up, RulesView down) {

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

    static PolicyView of(Policy policy) {
        return new PolicyView(
                policy.component(),
                policy.pods().min(),
                policy.pods().max(),
                policy.slots(),
                policy.signals().stream().map(Signal::text).toList(),
                RulesView.of(policy.pace().up()),
                RulesView.of(policy.pace().down()));
    }
}
