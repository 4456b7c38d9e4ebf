package io.bascule.api.scaling.replicas;

import io.bascule.scaling.Decision.Hold;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of the desired number of pods.
 *
 * @param live pods there were; null where nothing tells of them
 * @param signal the metric that asked for most; null where the range alone decided
 * @param value of that signal
 * @param wanted the pods that it asked for
 */
record ScalingDecision(
        String component,
        Instant at,
        int from,
        int to,
        @Nullable Integer live,
        @Nullable String signal,
        @Nullable Double value,
        int wanted,
        Hold hold) {}
