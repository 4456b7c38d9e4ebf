package io.bascule.api.scaling.replicas;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.bascule.scaling.ScalingFile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes one step of every component's autoscaler, all in one transaction. A step that another pod's has overtaken meanwhile changes
 * nothing.
 */
class TakeScalingSteps {

    private final Supplier<Optional<PlatformSight>> sight;
    private final JdbcScaling store;
    private final TransactionTemplate transaction;
    private final ScalingFile policies;
    private final InstantSource clock;

    /**
     * @param sight what is seen now; empty when another pod is to take the steps
     * @param clock the same for all pods: of one that is ahead, no other could take a step until its time has come
     */
    TakeScalingSteps(
            Supplier<Optional<PlatformSight>> sight,
            JdbcScaling store,
            TransactionTemplate transaction,
            ScalingFile policies,
            InstantSource clock) {
        this.sight = sight;
        this.store = store;
        this.transaction = transaction;
        this.policies = policies;
        this.clock = clock;
    }

    void take() {
        Instant now = clock.instant();
        sight.get().ifPresent(seen -> transaction.executeWithoutResult(_ -> takeAll(seen, now)));
    }

    private void takeAll(PlatformSight seen, Instant now) {
        Map<String, ComponentState> states =
                store.lockedStates().stream().collect(toMap(ComponentState::component, identity()));
        for (String component : policies.components()) {
            ComponentState before = states.get(component);
            if (isNews(before, now)) {
                ScalingStep step = ScalingStep.take(policies.policy(component), before, seen, now);
                store.keep(step.state());
                step.decision().ifPresent(store::record);
            }
        }
        store.forgetOld(now);
    }

    private static boolean isNews(@Nullable ComponentState before, Instant now) {
        return before == null || before.observedAt().isBefore(now);
    }
}
