package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the chart makes only where it is asked for. */
@Timeout(60)
class ChartSwitchesTests {

    private static final List<String> OPTIONAL = List.of(
            "ResourceQuota", "LimitRange", "PriorityClass", "VerticalPodAutoscaler", "CronJob", "Role", "RoleBinding");

    private static RenderedChart known(String values) {
        RenderedChart chart = RenderedChart.with(values);
        chart.objects().forEach(KnownObjects::check);
        return chart;
    }

    @Test
    void nothingOfItIsMadeUnasked() {
        RenderedChart chart = known("{}");

        assertThat(OPTIONAL).allSatisfy(kind -> assertThat(chart.kind(kind)).isEmpty());
        assertThat(chart.text()).doesNotContain("BASCULE_STORAGE_", "weight:");
    }

    /** As BAMF's guide writes them. */
    @Test
    void valuesByTheNamesOfOtherChartsAreTaken() {
        RenderedChart chart = known("""
                api:
                  autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 12, targetCPUUtilizationPercentage: 60 }
                  podDisruptionBudget: { enabled: false }
                bridge: { replicas: 4, maxReplicas: 5, autoscaling: { enabled: false } }
                web: { resources: { requests: { cpu: 70m, memory: 64Mi } } }
                """);

        JsonNode scaler = chart.object("HorizontalPodAutoscaler", "api-service").path("spec");
        assertThat(scaler.path("minReplicas").asInt()).isEqualTo(3);
        assertThat(scaler.path("maxReplicas").asInt()).isEqualTo(12);
        assertThat(scaler.at("/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(60);
        assertThat(chart.kind("PodDisruptionBudget")
                        .map(each -> each.at("/metadata/name").asText()))
                .isNotEmpty()
                .doesNotContain("api-service");
        assertThat(chart.object("StatefulSet", "bridge-service")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(4);
        assertThat(chart.kind("Service").map(each -> each.at("/metadata/name").asText()))
                .contains("bridge-service-4")
                .doesNotContain("bridge-service-5");
        assertThat(chart.object("Deployment", "web-ui")
                        .at("/spec/template/spec/containers/0/resources/requests/cpu")
                        .asText())
                .isEqualTo("70m");
    }

    @Test
    void aNamespaceIsBounded() {
        RenderedChart chart = known("{ resourceQuota: { enabled: true }, limitRange: { enabled: true } }");

        assertThat(chart.object("ResourceQuota", "bascule")
                        .at("/spec/hard/pods")
                        .asText())
                .isEqualTo("150");
        assertThat(chart.object("LimitRange", "bascule")
                        .at("/spec/limits/0/max/cpu")
                        .asText())
                .isEqualTo("4");
    }

    /** With all components at their most, a quota that is switched on must not be what holds them. */
    @Test
    void theQuotaHasRoomForEveryPodThatScalersMayMake() {
        int most = 0;
        for (JsonNode component : Checkout.yaml("deploy/scaling.yaml").path("components")) {
            most += component.at("/pods/max").asInt();
        }

        JsonNode hard = known("{ resourceQuota: { enabled: true } }")
                .object("ResourceQuota", "bascule")
                .at("/spec/hard");
        assertThat(hard.path("pods").asInt()).isGreaterThan(most);
    }

    @Test
    void prioritiesAndRecommendationsAreMade() {
        RenderedChart chart = known("""
                priorityClasses: [{ name: bascule-door, value: 100000 }]
                apiService: { priorityClassName: bascule-door }
                verticalPodAutoscaler: { enabled: true }
                """);

        assertThat(chart.object("PriorityClass", "bascule-door").path("value").asInt())
                .isEqualTo(100_000);
        assertThat(chart.object("Deployment", "api-service")
                        .at("/spec/template/spec/priorityClassName")
                        .asText())
                .isEqualTo("bascule-door");
        assertThat(chart.kind("VerticalPodAutoscaler"))
                .hasSize(7)
                .allSatisfy(recommender -> assertThat(
                                recommender.at("/spec/updatePolicy/updateMode").asText())
                        .isEqualTo("Off"));
        assertThat(chart.object("VerticalPodAutoscaler", "bridge-service")
                        .at("/spec/targetRef/kind")
                        .asText())
                .isEqualTo("StatefulSet");
    }

    @Test
    void theLeastNumberOfPodsFollowsTheTimeOfDayAndTheScalerStaysItsOwner() {
        RenderedChart chart = known("""
                namePrefix: x-
                scheduledScaling:
                  enabled: true
                  schedules:
                    - { name: business-hours, at: "0 8 * * MON-FRI", component: apiService, minReplicas: 3 }
                    - { name: import, at: "0 1 * * *", component: queuedWorker, minReplicas: 10 }
                """);

        assertThat(arguments(chart, "x-scheduled-scaling-business-hours"))
                .containsSequence(
                        "horizontalpodautoscalers.autoscaling",
                        "x-api-service",
                        "--type=merge",
                        "--patch={\"spec\":{\"minReplicas\":3}}");
        assertThat(arguments(chart, "x-scheduled-scaling-import"))
                .containsSequence(
                        "scaledobjects.keda.sh",
                        "x-queued-worker",
                        "--type=merge",
                        "--patch={\"spec\":{\"minReplicaCount\":10}}");
        assertThat(chart.object("Role", "x-scheduled-scaling").toString()).doesNotContain("\"*\"", "create", "delete");
    }

    private static List<String> arguments(RenderedChart chart, String name) {
        JsonNode pod = chart.object("CronJob", name).at("/spec/jobTemplate/spec/template/spec");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        return pod.at("/containers/0/args").valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void thoseWhoKeepLargeThingsAreAllTheOnesThatAreToldWhere() {
        RenderedChart chart = known("""
                storage:
                  kind: s3
                  s3: { bucket: results, endpoint: "https://s3.example.org", pathStyle: true, secret: { name: s3-keys } }
                """);

        assertThat(chart.kind("ConfigMap")
                        .filter(map -> map.path("data")
                                .path("BASCULE_STORAGE_S3_BUCKET")
                                .asText()
                                .equals("results"))
                        .map(map -> map.at("/metadata/name").asText()))
                .containsExactlyInAnyOrder("api-service", "instant-worker", "queued-worker", "orchestrator");
        assertThat(chart.workloads()
                        .filter(workload -> workload.toString().contains("BASCULE_STORAGE_S3_SECRETKEY"))
                        .map(workload -> workload.at("/metadata/name").asText()))
                .containsExactlyInAnyOrder("api-service", "instant-worker", "queued-worker", "orchestrator");
        assertThat(chart.object("ConfigMap", "api-service").toString()).doesNotContain("SECRETKEY");
    }

    @Test
    void aDirectoryIsMountedFromTheClaim() {
        JsonNode pod = known("storage: { kind: directory, directory: { claim: objects } }")
                .object("Deployment", "orchestrator")
                .at("/spec/template/spec");

        assertThat(pod.path("volumes").findValuesAsText("claimName")).containsExactly("objects");
        assertThat(pod.at("/containers/0/volumeMounts").findValuesAsText("mountPath"))
                .contains("/var/lib/objects");
    }

    @Test
    void aRouteGivesTheOtherReleaseItsShare() {
        RenderedChart chart = known("""
                gateway:
                  enabled: true
                  hostname: bascule.example.org
                  parentRefs: [{ name: gateway }]
                  other: { namePrefix: canary-, weight: 10 }
                """);

        Stream<String> backends = chart.object("HTTPRoute", "bascule")
                .path("spec")
                .path("rules")
                .valueStream()
                .flatMap(rule -> rule.path("backendRefs").valueStream())
                .map(backend -> backend.path("name").asText() + " "
                        + backend.path("weight").asInt());
        assertThat(backends)
                .containsExactly("api-service 90", "canary-api-service 10", "web-ui 90", "canary-web-ui 10");
    }

    @Test
    void theCanaryHasWhatTheRouteNames() throws Exception {
        RenderedChart canary = RenderedChart.of(Checkout.file("charts/bascule/values-canary.yaml"));

        assertThat(canary.kind("Service")
                        .map(service -> service.at("/metadata/name").asText()))
                .containsExactlyInAnyOrder("canary-api-service", "canary-web-ui");
        assertThat(canary.kind("Job")).isEmpty();
        assertThat(canary.text()).doesNotContain("BASCULE_BOOTSTRAP_PASSWORD");
    }

    @Test
    void ownObjectsAreAddedAndTheirTemplatesFollowed() {
        RenderedChart chart = known("""
                extraObjects:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: { name: "{{ .Release.Name }}-mine" }
                """);

        assertThat(chart.object("ConfigMap", "bascule-mine")).isNotNull();
    }

    @Test
    void hooksAreWhatKubernetesKnowsAndHelmTestAsksTheDoors(@TempDir Path copy) throws Exception {
        RenderedChart chart = RenderedChart.withHooks(copy, Checkout.file("charts/bascule/values.yaml"));
        chart.objects().forEach(KnownObjects::check);

        JsonNode pod = chart.object("Pod", "bascule-test");
        assertThat(pod.at("/metadata/annotations").path("was-hook").asText()).isEqualTo("test");
        assertThat(pod.at("/spec/containers/0/command/2").asText())
                .contains("answers api-service 5000 /health/ready", "answers web-ui 8080 /\n");
        assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(chart.object("Job", "migration")
                        .at("/metadata/annotations")
                        .path("was-hook")
                        .asText())
                .isEqualTo("pre-install,pre-upgrade");
    }
}
