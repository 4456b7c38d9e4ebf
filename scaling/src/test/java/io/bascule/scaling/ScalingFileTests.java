package io.bascule.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that is deployed, read; and what an error in it says. */
class ScalingFileTests {

    private static ScalingFile with(String wrong, String instead) throws IOException {
        try (InputStream deployed = ScalingFile.class.getResourceAsStream("scaling.yaml")) {
            String text = new String(deployed.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains(wrong);
            return ScalingFile.of(
                    new ByteArrayInputStream(text.replace(wrong, instead).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void eachComponentScalesOnItsOwnSignal() {
        ScalingFile file = ScalingFile.deployed();

        assertThat(file.policy("instant-worker").signals())
                .containsExactly(new Signal.JobsPerPod("instant_tasks_jobs_total", 5));
        assertThat(file.policy("queued-worker").signals()).containsExactly(new Signal.WorkersRequired(0.3));
        assertThat(file.policy("custom-code-runner").signals()).containsExactly(new Signal.SpacesTaken(0.45));
        assertThat(file.policy("api-service").signals()).containsExactly(new Signal.Processors(70, 0.2));
        assertThat(file.policy("bridge-service").signals())
                .containsExactly(new Signal.Processors(70, 0.5), new Signal.JobsPerPod("bascule_bridge_tunnels", 500));
        assertThat(file.memory("api-service")).hasValue(80);
        assertThat(file.memory("bridge-service")).isEmpty();
        assertThat(file.policy("queued-worker").pods()).isEqualTo(new PodRange(2, 50));
        assertThat(file.policy("instant-worker").pace().up())
                .isEqualTo(new Rules(0, Rules.Choice.LARGER, List.of(new Step.Pods(4, 60))));
    }

    @ParameterizedTest
    @CsvSource({
        "'pods: { min: 2, max: 20 }', 'pods: { min: x, max: 20 }', /pods/min (expected: a whole number)",
        "'choose: smaller', 'choose: any', choose (expected: larger or smaller)",
        "'slots: 16', 'slot: 16', /components/instant-worker/slots (expected: a value)",
        "'pace: instant', 'pace: none', /paces/none/up/steps (expected: a value)",
    })
    void anErrorNamesThePlaceAndWhatIsExpected(String right, String wrong, String message) throws IOException {
        ScalingFile file = with(right, wrong);

        assertThatThrownBy(() -> file.policy("instant-worker"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aQueryThatIsNotKnownIsRefused() throws IOException {
        ScalingFile file = with("* 0.3)", "* 0.3) + 1");

        assertThatThrownBy(() -> file.policy("queued-worker"))
                .hasMessageContaining("/components/queued-worker/signals/queries/queued-tasks-workers-required");
    }

    @Test
    void eachSignalSaysWhatItComparesWithWhat() {
        ScalingFile file = ScalingFile.deployed();

        assertThat(file.components().stream()
                        .map(file::policy)
                        .flatMap(policy -> policy.signals().stream()
                                .map(signal -> "%s: %s at %s"
                                        .formatted(policy.component(), signal.formula(), signal.threshold()))))
                .containsExactly(
                        "api-service: processors used ÷ (pods × 0.2) at 70 %",
                        "bridge-service: processors used ÷ (pods × 0.5) at 70 %",
                        "bridge-service: sum(bascule_bridge_tunnels) ÷ pods at 500",
                        "custom-code-runner: 1 − sum(custom_code_runner_remaining_job_spaces)"
                                + " ÷ sum(custom_code_runner_total_job_spaces) at 0.45",
                        "instant-worker: sum(instant_tasks_jobs_total) ÷ pods at 5",
                        "queued-worker: queued_tasks_workers_required × 1.3 ÷ pods at 1",
                        "web-ui: processors used ÷ (pods × 0.05) at 70 %");
    }
}
