package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart's values say what {@code deploy/scaling.yaml} says, number by number. */
class ScalingNumbersTests {

    private static final JsonNode NUMBERS = Checkout.yaml("deploy/scaling.yaml");
    private static final JsonNode VALUES = Checkout.yaml("charts/bascule/values.yaml");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, String> CHOICES = Map.of("larger", "Max", "smaller", "Min");

    @ParameterizedTest
    @CsvSource({
        "api-service, apiService",
        "bridge-service, bridgeService",
        "instant-worker, instantWorker",
        "queued-worker, queuedWorker",
        "custom-code-runner, codeRunner",
        "orchestrator, orchestrator",
        "web-ui, webUi"
    })
    void theChartSaysTheSame(String component, String key) {
        JsonNode numbers = NUMBERS.at("/components/" + component);
        JsonNode values = VALUES.path(key);

        assertThat(limits(values)).isEqualTo(limits(numbers, component));
        assertThat(values.path("resources")).isEqualTo(numbers.path("resources"));
        assertThat(values.path("probes")).isEqualTo(probes());
        assertThat(values.at("/autoscaling/podMetrics")).isEqualTo(perPod(numbers));
        assertThat(values.at("/autoscaling/triggers")).isEqualTo(triggers(numbers));
        if (numbers.has("pace")) {
            assertThat(values.at("/autoscaling/behavior"))
                    .isEqualTo(
                            behavior(NUMBERS.at("/paces/" + numbers.path("pace").asText())));
        }
    }

    @Test
    void everyComponentIsCompared() {
        assertThat(NUMBERS.path("components").size()).isEqualTo((int) VALUES.properties().stream()
                .filter(entry -> entry.getValue().has("autoscaling"))
                .count());
    }

    private static List<String> limits(JsonNode values) {
        JsonNode autoscaling = values.path("autoscaling");
        return texts(
                autoscaling.path("mode"),
                autoscaling.path("minReplicas"),
                autoscaling.path("maxReplicas"),
                autoscaling.path("targetCPUUtilizationPercentage"),
                autoscaling.path("targetMemoryUtilizationPercentage"),
                values.path("terminationGracePeriodSeconds"),
                values.path("preStopSeconds"),
                values.at("/podDisruptionBudget/minAvailable"));
    }

    private static List<String> limits(JsonNode numbers, String component) {
        assertThat(numbers.isObject()).as(component).isTrue();
        return texts(
                numbers.path("scaler"),
                numbers.at("/pods/min"),
                numbers.at("/pods/max"),
                numbers.at("/signals/cpu"),
                numbers.at("/signals/memory"),
                numbers.at("/leaving/grace"),
                numbers.at("/leaving/pre-stop"),
                numbers.path("available"));
    }

    /** What is absent in one file is null in the other. */
    private static List<String> texts(JsonNode... nodes) {
        return List.of(nodes).stream()
                .map(node -> node.isNull() || node.isMissingNode() ? "-" : node.asText())
                .toList();
    }

    private static JsonNode probes() {
        ObjectNode probes = JSON.objectNode();
        NUMBERS.path("probes").properties().forEach(probe -> {
            ObjectNode expected = probes.putObject(probe.getKey());
            rename(probe.getValue(), "delay", expected, "initialDelaySeconds");
            rename(probe.getValue(), "period", expected, "periodSeconds");
            rename(probe.getValue(), "timeout", expected, "timeoutSeconds");
            rename(probe.getValue(), "failures", expected, "failureThreshold");
        });
        return probes;
    }

    private static void rename(JsonNode from, String name, ObjectNode to, String newName) {
        if (from.has(name)) {
            to.set(newName, from.path(name));
        }
    }

    private static JsonNode perPod(JsonNode numbers) {
        ObjectNode metrics = JSON.objectNode();
        numbers.at("/signals/per-pod")
                .properties()
                .forEach(
                        metric -> metrics.put(metric.getKey(), metric.getValue().asText()));
        return metrics;
    }

    private static JsonNode triggers(JsonNode numbers) {
        var triggers = JSON.arrayNode();
        numbers.at("/signals/queries").properties().forEach(query -> {
            boolean ratio = query.getValue().has("ratio");
            triggers.addObject()
                    .put("name", query.getKey())
                    .put("query", query.getValue().path("query").asText())
                    .put(
                            "threshold",
                            query.getValue().path(ratio ? "ratio" : "average").asText())
                    .put("metricType", ratio ? "Value" : "AverageValue");
        });
        return triggers;
    }

    @ParameterizedTest
    @CsvSource({
        "bridge-service, bridge-service/src/main/java/io/bascule/bridge/settings/BridgeSettings.java, maxTunnels",
        "instant-worker, instant-worker/src/main/java/io/bascule/instant/work/InstantProperties.java, concurrency",
        "queued-worker, queued-worker/src/main/java/io/bascule/queued/work/QueuedProperties.java, concurrency",
        "custom-code-runner, code-runner/src/main/java/io/bascule/runner/jobs/JobsProperties.java, jobSpaces",
    })
    void slotsAreWhatTheProgramsTakeByDefault(String component, String settings, String name) {
        int slots = NUMBERS.at("/components/%s/slots".formatted(component)).asInt();

        assertThat(Checkout.text(settings))
                .containsPattern("@DefaultValue\\(\"%d\"\\)[^,]* int %s\\b".formatted(slots, name));
    }

    private static JsonNode behavior(JsonNode pace) {
        ObjectNode behavior = JSON.objectNode();
        direction(pace.path("up"), behavior.putObject("scaleUp"));
        direction(pace.path("down"), behavior.putObject("scaleDown"));
        return behavior;
    }

    private static void direction(JsonNode from, ObjectNode to) {
        to.set("stabilizationWindowSeconds", from.path("window"));
        to.put("selectPolicy", CHOICES.get(from.path("choose").asText()));
        var policies = to.putArray("policies");
        from.path("steps").forEach(step -> {
            boolean percent = step.has("percent");
            policies.addObject()
                    .put("type", percent ? "Percent" : "Pods")
                    .<ObjectNode>set("value", step.path(percent ? "percent" : "pods"))
                    .set("periodSeconds", step.path("each"));
        });
    }
}
