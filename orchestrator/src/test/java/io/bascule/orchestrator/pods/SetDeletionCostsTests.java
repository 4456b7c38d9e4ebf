package io.bascule.orchestrator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetDeletionCostsTests {

    private final Map<String, Integer> standing = new HashMap<>();
    private final Map<String, Integer> written = new HashMap<>();
    private final Map<String, Duration> busy = new HashMap<>();
    private final SetDeletionCosts costs = new SetDeletionCosts(new Pods(), () -> busy);

    private final class Pods implements WorkerPods {

        @Override
        public List<WorkerPod> list() {
            return standing.entrySet().stream()
                    .map(pod -> new WorkerPod(pod.getKey(), pod.getValue()))
                    .toList();
        }

        @Override
        public void setCost(String pod, int cost) {
            standing.put(pod, cost);
            written.put(pod, cost);
        }
    }

    @Test
    void aBusyPodCostsMoreTheLongerItsOldestTaskRuns() {
        standing.putAll(Map.of("idle", 0, "young", 0, "old", 0));
        busy.putAll(Map.of("young", Duration.ofSeconds(59), "old", Duration.ofMinutes(90)));

        costs.step();

        assertThat(standing).containsOnly(Map.entry("idle", 0), Map.entry("young", 10), Map.entry("old", 100));
        assertThat(written).containsOnlyKeys("young", "old");
    }

    @Test
    void onlyChangesAreWritten() {
        standing.put("worker", 0);
        busy.put("worker", Duration.ofSeconds(5));
        costs.step();
        written.clear();

        busy.put("worker", Duration.ofSeconds(55));
        costs.step();
        assertThat(written).isEmpty();

        busy.put("worker", Duration.ofSeconds(61));
        costs.step();
        assertThat(written).containsOnly(Map.entry("worker", 11));

        busy.clear();
        costs.step();
        assertThat(standing).containsOnly(Map.entry("worker", 0));
    }

    /** Workers that are no pods of this cluster are no business of its. */
    @Test
    void aWorkerWithoutAPodIsPassedOver() {
        busy.put("elsewhere", Duration.ofHours(1));

        costs.step();

        assertThat(written).isEmpty();
    }

    /** The annotation is a 32-bit number. */
    @Test
    void aTaskThatRunsForCenturiesStaysWithinTheAnnotationsRange() {
        assertThat(DeletionCost.busy(Duration.ofDays(1_000_000))).isEqualTo(1_000_000);
        assertThat(DeletionCost.busy(Duration.ofSeconds(-3))).isEqualTo(10);
    }
}
