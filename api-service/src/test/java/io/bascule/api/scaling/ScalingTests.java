package io.bascule.api.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(list.text())
                .contains(
                        "sum(instant_tasks_jobs_total) ÷ pods",
                        "memory used ÷ memory requested",
                        "\"threshold\":\"80 %\"");
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

    @Test
    void aRecordedLoadIsReplayedForAsLongAsItLasted() {
        Map<String, Object> lines =
                Map.of("component", "queued-worker", "recorded", "0,0.1\n300,3\n600,0.1", "jobSeconds", 20);

        Answer replayed = api.viewer().post(SIMULATE, lines);

        assertThat(replayed.status()).isEqualTo(200);
        var moments = replayed.json().path("moments");
        assertThat(moments.get(moments.size() - 1).path("second").asInt()).isBetween(890, 899);
        assertThat(Integer.parseInt(replayed.at("/summary/mostPods"))).isGreaterThan(30);

        String prometheus = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
                + "\"values\":[[1763877600,\"0.1\"],[1763877900,\"3\"],[1763878200,\"0.1\"]]}]}}";
        Answer same = api.viewer()
                .post(SIMULATE, Map.of("component", "queued-worker", "recorded", prometheus, "jobSeconds", 20));
        assertThat(same.text()).isEqualTo(replayed.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"component\":\"queued-worker\"}                                     | /load     | none",
                "{\"component\":\"queued-worker\",\"load\":\"steady:1\",\"recorded\":\"0,1\"} | /load     | both",
                "{\"component\":\"queued-worker\",\"recorded\":\"0;1\"}                | /recorded | line",
                "{\"component\":\"queued-worker\",\"recorded\":\"\"}                   | /recorded | 0 samples",
                "{\"component\":\"queued-worker\",\"recorded\":\"{}\"}                 | /recorded | query_range",
                "{\"component\":\"queued-worker\",\"recorded\":\"0,-1\"}               | /recorded | line",
                "{\"component\":\"queued-worker\",\"recorded\":\"2147483647,1\"}       | /recorded | less than a week",
                "{\"component\":\"queued-worker\",\"recorded\":\"0,1\\n2147483647,1\"} | /recorded | less than a week",
            })
    void whatIsNoLoadIsRefusedAtItsPlace(String body, String pointer, String word) {
        Answer refused = api.viewer().post(SIMULATE, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("\"" + pointer + "\"", word);
    }

    @ParameterizedTest
    @CsvSource({
        "decisions?component=nothing, /component",
        "decisions?cursor=bm90LW91cnM, /cursor",
        "decisions?limit=0, /limit",
        "recorded-load?component=queued-worker&minutes=0, /minutes",
        "recorded-load?component=web-ui, /component",
        "recorded-load?component=x%22%7D, /component",
    })
    void whatCannotBeReadIsRefusedAtItsPlace(String path, String pointer) {
        Answer refused = api.viewer().get("/api/v1/scaling/" + path);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("\"" + pointer + "\"");
    }

    @Test
    void withoutAPrometheusItIsSaidHowToHaveOne() {
        Answer refused = api.viewer().get("/api/v1/scaling/recorded-load?component=queued-worker");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("prometheus-not-set");
        assertThat(refused.text()).contains("BASCULE_PROMETHEUS_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decisions", "recorded-load?component=queued-worker"})
    void figuresOfThePlatformAreNotForStrangers(String path) {
        assertThat(api.anonymous().get("/api/v1/scaling/" + path).status()).isEqualTo(401);
    }
}
