package io.bascule.api.scaling.replicas;

import io.bascule.api.scaling.replicas.ComponentState.Seen;
import io.bascule.scaling.Autoscaler;
import io.bascule.scaling.Decision;
import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.Memory;
import io.bascule.scaling.Policy;
import io.bascule.scaling.Reading;
import io.bascule.scaling.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The next step of a component's autoscaler: where it stands afterwards, and what it decided if that changed something. A pure
 * function of where it stood and what is seen.
 */
record ScalingStep(ComponentState state, Optional<ScalingDecision> decision) {

    /** @param before null at the first step of a component */
    static ScalingStep take(Policy policy, @Nullable ComponentState before, PlatformSight sight, Instant now) {
        Integer pods = sight.pods().get(policy.component());
        Integer desired = before == null ? null : before.desired();
        boolean blind =
                policy.signals().stream().noneMatch(signal -> sight.values().containsKey(signal.metric()));
        if (desired == null && blind) {
            List<Seen> unseen = policy.signals().stream()
                    .map(signal -> new Seen(signal.metric(), null, null))
                    .toList();
            var state = new ComponentState(policy.component(), now, pods, null, Hold.BLINDNESS, unseen, Memory.NONE);
            return new ScalingStep(state, Optional.empty());
        }
        int current =
                desired != null ? desired : pods != null ? pods : policy.pods().min();
        Memory memory = before == null ? Memory.NONE : before.memory();
        return decide(policy, new Standing(pods, current, memory), sight, now);
    }

    /** What an autoscaler decides from, beside its signals. */
    private record Standing(@Nullable Integer pods, int current, Memory memory) {

        /** As the pods that work divide what there is, there is at least one. */
        int ready() {
            return Math.max(1, pods == null ? current : pods);
        }
    }

    private static ScalingStep decide(Policy policy, Standing standing, PlatformSight sight, Instant now) {
        List<Seen> seen = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        for (Signal signal : policy.signals()) {
            Double value = sight.values().get(signal.metric());
            Reading reading = value == null ? null : signal.reading(value);
            if (reading != null) {
                readings.add(reading);
            }
            Integer wanted = reading == null ? null : reading.wanted(standing.current(), standing.ready());
            seen.add(new Seen(signal.metric(), value, wanted));
        }
        var autoscaler = new Autoscaler(policy.pods(), policy.pace(), standing.memory());
        Decision decided = autoscaler.decide(now.getEpochSecond(), standing.current(), standing.ready(), readings);
        var state = new ComponentState(
                policy.component(), now, standing.pods(), decided.pods(), decided.hold(), seen, autoscaler.memory());
        return new ScalingStep(
                state,
                decided.pods() == standing.current()
                        ? Optional.empty()
                        : Optional.of(change(state, standing.current(), decided)));
    }

    private static ScalingDecision change(ComponentState state, int from, Decision decided) {
        Optional<Seen> most = state.signals().stream()
                .filter(seen -> seen.wanted() != null)
                .max(Comparator.comparingInt(seen -> Objects.requireNonNullElse(seen.wanted(), 0)));
        return new ScalingDecision(
                state.component(),
                state.observedAt(),
                from,
                decided.pods(),
                state.pods(),
                most.map(Seen::metric).orElse(null),
                most.map(Seen::value).orElse(null),
                decided.wanted(),
                decided.hold());
    }
}
