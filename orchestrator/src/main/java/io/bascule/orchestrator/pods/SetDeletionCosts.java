package io.bascule.orchestrator.pods;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Writes what has changed only: most pods stay as they are. Two leaders at once would write the same. */
final class SetDeletionCosts {

    private final WorkerPods pods;
    private final Supplier<Map<String, Duration>> busy;

    /** @param busy how long the oldest task of each busy worker runs */
    SetDeletionCosts(WorkerPods pods, Supplier<Map<String, Duration>> busy) {
        this.pods = pods;
        this.busy = busy;
    }

    /** One look at all pods. */
    void step() {
        Map<String, Duration> oldest = busy.get();
        for (WorkerPod pod : pods.list()) {
            Duration runs = oldest.get(pod.name());
            int cost = runs == null ? DeletionCost.IDLE : DeletionCost.busy(runs);
            if (cost != pod.cost()) {
                pods.setCost(pod.name(), cost);
            }
        }
    }
}
