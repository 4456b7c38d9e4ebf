package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values files beside the chart: what each is for comes out. */
@Timeout(60)
class PresetTests {

    static Stream<Path> presets() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.chart())) {
            return files.filter(file -> file.getFileName().toString().matches("values-.+\\.yaml")).toList().stream();
        }
    }

    private static RenderedChart preset(String name) throws IOException {
        return rendered(Checkout.file("charts/bascule/values-%s.yaml".formatted(name)));
    }

    /** With what only those know who install it. */
    static RenderedChart rendered(Path preset) throws IOException {
        return RenderedChart.of(
                preset,
                Map.of("ingress.hostname", "bascule.example.org", "bridgeService.domain", "bridges.example.org"));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetMakesObjectsThatKubernetesKnows(Path preset) throws IOException {
        RenderedChart chart = rendered(preset);

        assertThat(chart.workloads()).hasSize(workloads(preset));
        chart.objects().forEach(KnownObjects::check);
        assertThat(Files.readString(preset))
                .containsPattern(
                        "helm upgrade --install bascule(-canary|-green)? charts/bascule --values charts/bascule/");
    }

    private static int workloads(Path preset) {
        return switch (preset.getFileName().toString()) {
            case "values-canary.yaml" -> 2;
            case "values-registries.yaml" -> 8;
            default -> 7;
        };
    }

    @Test
    void runnersReachTheServerThatHasTheirPackagesAndNobodyElse() throws IOException {
        RenderedChart chart = preset("registries");

        JsonNode runner = chart.object("NetworkPolicy", "custom-code-runner").path("spec");
        assertThat(runner.path("policyTypes").toString()).contains("Egress");
        assertThat(runner.path("egress").findValues("to"))
                .singleElement()
                .asString()
                .isEqualTo("[{\"podSelector\":{\"matchLabels\":{\"app.kubernetes.io/name\":\"registries\"}}}]");
        assertThat(runner.path("egress").findValuesAsText("port")).containsExactlyInAnyOrder("53", "53", "8080");
        JsonNode data = chart.object("ConfigMap", "custom-code-runner").path("data");
        assertThat(data.path("BASCULE_RUNNER_REGISTRIES_NPM").asText()).isEqualTo("http://registries:8080/npm");
        assertThat(data.path("BASCULE_RUNNER_REGISTRIES_PYPI").asText())
                .isEqualTo("http://registries:8080/pypi/simple");
        assertThat(chart.object("Service", "registries")
                        .at("/spec/ports/0/port")
                        .asInt())
                .isEqualTo(8080);
        assertThat(chart.object("NetworkPolicy", "registries").at("/spec/ingress"))
                .singleElement()
                .asString()
                .contains("custom-code-runner");
        assertThat(chart.object("Deployment", "registries")
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("bascule/registries:0.1.0");
    }

    @Test
    void productionIsWatchedAndTriesAnotherPodThreeTimesWithinTenSeconds() throws IOException {
        RenderedChart chart = preset("production");

        assertThat(chart.kind("PodMonitor")).isNotEmpty();
        assertThat(chart.kind("PrometheusRule")).hasSize(1);
        JsonNode nginx = chart.object("Ingress", "bascule").at("/metadata/annotations");
        assertThat(nginx.path("nginx.ingress.kubernetes.io/load-balance").asText())
                .isEqualTo("ewma");
        assertThat(nginx.path("nginx.ingress.kubernetes.io/proxy-next-upstream").asText())
                .isEqualTo("error timeout http_502 http_503 http_504");
        assertThat(nginx.path("nginx.ingress.kubernetes.io/proxy-next-upstream-tries")
                        .asText())
                .isEqualTo("3");
        assertThat(nginx.path("nginx.ingress.kubernetes.io/proxy-next-upstream-timeout")
                        .asText())
                .isEqualTo("10");
        assertThat(chart.kind("ScaledObject")
                        .map(each -> each.at("/metadata/name").asText()))
                .contains("instant-worker", "queued-worker", "custom-code-runner");
    }

    @Test
    void membranesPresetScalesTheApiOnHalfOfItsProcessorsInPlainSteps() throws IOException {
        JsonNode scaler = preset("membrane")
                .object("HorizontalPodAutoscaler", "api-service")
                .path("spec");

        assertThat(scaler.path("metrics")).hasSize(1);
        assertThat(scaler.at("/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(50);
        assertThat(scaler.at("/behavior/scaleUp/policies").toString())
                .isEqualTo("[{\"periodSeconds\":60,\"type\":\"Percent\",\"value\":100}]");
        assertThat(scaler.at("/behavior/scaleDown/stabilizationWindowSeconds").asInt())
                .isEqualTo(300);
        assertThat(scaler.at("/behavior/scaleDown/policies").toString())
                .isEqualTo("[{\"periodSeconds\":60,\"type\":\"Percent\",\"value\":50}]");
    }

    /** The numbers of ECS stand in deploy/scaling.yaml. */
    @Test
    void parityWithEcsHoldsTheApiAtTheSameTargetWithTheSameCoolDowns() throws IOException {
        JsonNode ecs = Checkout.yaml("deploy/scaling.yaml").path("ecs");
        RenderedChart chart = preset("ecs-parity");

        assertThat(chart.object("HorizontalPodAutoscaler", "api-service")
                        .at("/spec/metrics/0/resource/target/averageUtilization"))
                .isEqualTo(ecs.path("api-cpu"));
        assertThat(chart.kind("HorizontalPodAutoscaler").map(scaler -> scaler.at("/spec/behavior")))
                .isNotEmpty()
                .allSatisfy(behavior -> {
                    assertThat(behavior.at("/scaleUp/policies/0/periodSeconds")).isEqualTo(ecs.at("/cooldown/out"));
                    assertThat(behavior.at("/scaleDown/stabilizationWindowSeconds"))
                            .isEqualTo(ecs.at("/cooldown/in"));
                });
    }

    @Test
    void mediaLetsTheApiGrowToTwentyPods() throws IOException {
        assertThat(preset("media")
                        .object("HorizontalPodAutoscaler", "api-service")
                        .at("/spec/maxReplicas")
                        .asInt())
                .isEqualTo(20);
    }

    @Test
    void theBalancersOfAwsLookAndDrainAsTheReferenceDoes() throws IOException {
        JsonNode alb = preset("aws").object("Ingress", "bascule").at("/metadata/annotations");

        assertThat(alb.path("alb.ingress.kubernetes.io/healthcheck-path").asText())
                .isEqualTo("/health/live");
        assertThat(alb.path("alb.ingress.kubernetes.io/healthcheck-interval-seconds")
                        .asText())
                .isEqualTo("30");
        assertThat(alb.path("alb.ingress.kubernetes.io/healthy-threshold-count").asText())
                .isEqualTo("2");
        assertThat(alb.path("alb.ingress.kubernetes.io/unhealthy-threshold-count")
                        .asText())
                .isEqualTo("3");
        assertThat(alb.path("alb.ingress.kubernetes.io/target-group-attributes").asText())
                .isEqualTo("deregistration_delay.timeout_seconds=60");
        assertThat(alb.path("alb.ingress.kubernetes.io/load-balancer-attributes")
                        .asText())
                .contains("routing.http2.enabled=true", "deletion_protection.enabled=true");
    }

    @Test
    void theAdapterServesEveryMetricOfAPodThatAScalerReads() throws IOException {
        String rules = Checkout.text("deploy/monitoring/prometheus-adapter.yaml");
        RenderedChart chart = RenderedChart.with(
                "apiService: { autoscaling: { podMetrics: { http_requests_per_second: \"1000\", active_connections: \"100\" } } }");

        assertThat(chart.kind("HorizontalPodAutoscaler")
                        .flatMap(scaler -> scaler.at("/spec/metrics").valueStream())
                        .filter(metric -> metric.path("type").asText().equals("Pods"))
                        .map(metric -> metric.at("/pods/metric/name").asText()))
                .hasSize(4)
                .allSatisfy(name -> assertThat(rules).contains(name));
    }
}
