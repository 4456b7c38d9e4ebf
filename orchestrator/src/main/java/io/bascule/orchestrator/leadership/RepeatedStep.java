package io.bascule.orchestrator.leadership;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A step that needs no fence, since doing it twice does no harm.
 *
 * @param action returns whether more is waiting already
 */
public record RepeatedStep(String name, Duration every, BooleanSupplier action) implements LeaderStep {

    @Override
    public boolean step(long fence) {
        return action.getAsBoolean();
    }
}
