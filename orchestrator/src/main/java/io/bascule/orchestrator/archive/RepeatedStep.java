package io.bascule.orchestrator.archive;

import io.bascule.orchestrator.leadership.LeaderStep;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A step that needs no fence, since doing it twice does no harm. */
record RepeatedStep(String name, Duration every, BooleanSupplier action) implements LeaderStep {

    @Override
    public boolean step(long fence) {
        return action.getAsBoolean();
    }
}
