package io.bascule.api.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ApiTest
class ScalingTests {

    private static final String SIMULATE = "/api/v1/scaling:simulate";

    private final Api api;

    ScalingTests(Api api) {
        this.api = api;
    }

    @Test
    void everyPolicyIsListedInWords() {
        Answer list = api.viewer().get("/api/v1/scaling");

        assertThat(list.json().path("items").findValuesAsString("component"))
                .contains("api-service", "instant-worker", "queued-worker", "custom-code-runner");
        assertThat(list.text()).contains("5 jobs per pod", "4 pods each 60 s", "1 pod each 60 s");
    }

    @Test
    void aSpikeIsReplayedAndMorePodsHelp() {
        Map<String, Object> wanted =
                Map.of("component", "queued-worker", "load", "spike:0.1:3:300:900", "jobSeconds", 20);

        Answer deployed = api.viewer().post(SIMULATE, wanted);

        assertThat(deployed.status()).isEqualTo(200);
        assertThat(deployed.json().path("moments")).hasSizeBetween(200, 240);
        assertThat(Integer.parseInt(deployed.at("/summary/mostPods"))).isEqualTo(50);
        Answer fewer = api.viewer()
                .post(
                        SIMULATE,
                        Map.of(
                                "component",
                                "queued-worker",
                                "load",
                                "spike:0.1:3:300:900",
                                "jobSeconds",
                                20,
                                "maxPods",
                                5));
        assertThat(Integer.parseInt(fewer.at("/summary/mostPods"))).isEqualTo(5);
        assertThat(Double.parseDouble(fewer.at("/summary/waitP99")))
                .isGreaterThan(Double.parseDouble(deployed.at("/summary/waitP99")));
    }

    @ParameterizedTest
    @CsvSource({
        "orchestrator, steady:1, 1, /component",
        "instant-worker, often, 1, /load",
        "instant-worker, steady:1, 500, /minPods",
        "instant-worker, steady:1, 0, /minPods",
    })
    void whatCannotBeSimulatedIsRefusedAtItsPlace(String component, String load, int minPods, String pointer) {
        Answer refused = api.viewer().post(SIMULATE, Map.of("component", component, "load", load, "minPods", minPods));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("\"" + pointer + "\"");
    }
}
