package io.bascule.api.scaling.replicas;

import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.Memory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the autoscaler of a component stands.
 *
 * @param pods that live; null where nothing tells of them
 * @param desired null where no signal has been seen yet
 * @param signals those of the policy, in its order
 */
record ComponentState(
        String component,
        Instant observedAt,
        @Nullable Integer pods,
        @Nullable Integer desired,
        Hold hold,
        List<Seen> signals,
        Memory memory) {

    ComponentState {
        signals = List.copyOf(signals);
    }

    /**
     * A signal at that moment.
     *
     * @param value null when it was not seen
     * @param wanted the pods that it asks for
     */
    record Seen(
            String metric, @Nullable Double value, @Nullable Integer wanted) {}
}
