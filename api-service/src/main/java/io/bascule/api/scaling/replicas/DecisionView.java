package io.bascule.api.scaling.replicas;

import io.bascule.api.scaling.replicas.JdbcScaling.Kept;
import io.bascule.scaling.PodRange;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of a desired number of pods, as clients see it.
 *
 * @param from the desired number before
 * @param live pods there were then; null where the platform knows nothing of them
 * @param signal the metric that asked for most; null where the range alone decided
 * @param value of that signal, as the component's total
 * @param wanted the pods that it asked for
 * @param hold what kept the number from being that
 * @param reason the same in words
 */
record DecisionView(
        String id,
        Instant at,
        String component,
        int from,
        int to,
        @Nullable Integer live,
        @Nullable String signal,
        @Nullable Double value,
        int wanted,

        @Schema(allowableValues = {"nothing", "window", "steps", "most", "least", "blindness"})
        String hold,

        String reason) {

    static DecisionView of(Kept kept, PodRange range) {
        ScalingDecision decision = kept.decision();
        return new DecisionView(
                Long.toString(kept.id()),
                decision.at(),
                decision.component(),
                decision.from(),
                decision.to(),
                decision.live(),
                decision.signal(),
                decision.value(),
                decision.wanted(),
                decision.hold().name().toLowerCase(Locale.ROOT),
                Reason.of(decision.hold(), decision.wanted(), decision.to(), range));
    }
}
