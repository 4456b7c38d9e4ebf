package io.bascule.api.scaling.replicas;

import static java.util.stream.Collectors.toMap;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.HomeWorkspace;
import io.bascule.scaling.ScalingFile;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads how many pods there are and should be, by component. */
@Component
public class ReadReplicas {

    private final JdbcScaling store;

    ReadReplicas(JdbcScaling store) {
        this.store = store;
    }

    /** Of each component of which a step was taken; of none for those who are not shown figures of the whole platform. */
    public Map<String, ReplicasView> read(Caller caller, ScalingFile policies) {
        if (!HomeWorkspace.isOf(caller)) {
            return Map.of();
        }
        return store.states().stream()
                .filter(state -> policies.components().contains(state.component()))
                .collect(toMap(
                        ComponentState::component,
                        state -> ReplicasView.of(state, policies.policy(state.component()))));
    }
}
