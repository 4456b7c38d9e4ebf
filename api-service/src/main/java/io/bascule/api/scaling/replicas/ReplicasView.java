package io.bascule.api.scaling.replicas;

import io.bascule.scaling.Policy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many pods a component has and should have, as clients see it.
 *
 * @param observedAt when this was so; a new one comes each 15 s
 * @param current pods that live; null where the platform knows nothing of them
 * @param desired what an autoscaler with this policy decides from the signals that the platform sees; null where it sees none
 * @param reason why so many, in words
 * @param signals what was seen, in the policy's order
 */
public record ReplicasView(
        Instant observedAt,
        @Nullable Integer current,
        @Nullable Integer desired,
        String reason,
        List<SeenSignal> signals) {

    /**
     * A signal as it was seen.
     *
     * @param value the component's total: jobs, workers, a share or per cent; null when it is not seen from here
     * @param wanted the pods that it asks for
     */
    public record SeenSignal(
            String metric, @Nullable Double value, @Nullable Integer wanted) {}

    static ReplicasView of(ComponentState state, Policy policy) {
        return new ReplicasView(
                state.observedAt(),
                state.pods(),
                state.desired(),
                reason(state, policy),
                state.signals().stream()
                        .map(seen -> new SeenSignal(seen.metric(), seen.value(), seen.wanted()))
                        .toList());
    }

    private static String reason(ComponentState state, Policy policy) {
        Integer desired = state.desired();
        int wanted = state.signals().stream()
                .flatMap(seen -> Optional.ofNullable(seen.wanted()).stream())
                .max(Comparator.naturalOrder())
                .orElse(desired == null ? 0 : desired);
        return Reason.of(state.hold(), wanted, desired == null ? 0 : desired, policy.pods());
    }
}
