package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Renders the chart with Helm itself and reads what comes out with Kubernetes' own types. */
@Timeout(60)
class ChartTests {

    static final String EVERYTHING = """
            namePrefix: x-
            commonLabels: { team: platform }
            image: { prefix: registry.example.org/bascule, tag: "1.2.3", pullSecrets: [{ name: pull }] }
            database: { parameters: sslmode=verify-full, replica: { host: postgres-replica, secret: { name: reader } } }
            migration: { mode: job, host: postgres-direct, port: 5433 }
            podMonitor: { enabled: true, labels: { release: prometheus } }
            alerts: { enabled: true, labels: { release: prometheus } }
            dashboards: { enabled: true }
            ingress: { enabled: true, hostname: bascule.example.org, className: nginx, tlsSecret: certificate }
            gateway:
              enabled: true
              hostname: bascule.example.org
              parentRefs: [{ name: gateway }]
              bridges: { enabled: true, parentRefs: [{ name: gateway, sectionName: tls }] }
              other: { namePrefix: canary-, weight: 10 }
            storage: { kind: s3, s3: { bucket: results, endpoint: "https://s3.example.org", secret: { name: s3 } } }
            registries: { npm: "https://npm.example.org", egress: [{ to: [{ ipBlock: { cidr: 10.1.2.3/32 } }], ports: [{ port: 443 }] }] }
            resourceQuota: { enabled: true }
            limitRange: { enabled: true }
            priorityClasses: [{ name: high, value: 1000 }]
            scheduledScaling: { enabled: true }
            podDeletionCosts: { enabled: true }
            extraObjects: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: x-mine, labels: { a: b } } }]
            bridgeService: { domain: bridges.example.org, podService: { type: LoadBalancer, annotations: { a: b } } }
            instantWorker: { autoscaling: { mode: keda } }
            apiService:
              service: { sessionAffinity: ClientIP, annotations: { a: b } }
              config: { BASCULE_TASKS_MAXWAITING: "20000" }
              extraEnv: [{ name: SPRING_KAFKA_SECURITY_PROTOCOL, value: SSL }]
              podAnnotations: { a: b }
              podLabels: { c: d }
              serviceAccountAnnotations: { e: f }
              nodeSelector: { disk: ssd }
              tolerations: [{ key: spot, operator: Exists }]
              affinity: { nodeAffinity: {} }
              priorityClassName: high
            """;

    private static RenderedChart plain;
    private static RenderedChart everything;
    private static RenderedChart dev;

    @BeforeAll
    static void render() throws Exception {
        plain = RenderedChart.with("{}");
        everything = RenderedChart.with(EVERYTHING);
        dev = RenderedChart.of(Checkout.file("charts/bascule/values-dev.yaml"));
    }

    private static Stream<RenderedChart> all() {
        return Stream.of(plain, everything, dev);
    }

    @Test
    void helmFindsNothingToComplainAbout() {
        LintResult lint = new Helm(Checkout.chart()).lint().strict().call();

        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARN"));
    }

    @Test
    void everyObjectHasOnlyFieldsThatKubernetesKnows() {
        assertThat(all().flatMap(chart -> chart.objects().stream())).hasSizeGreaterThan(100);
        all().flatMap(chart -> chart.objects().stream()).forEach(KnownObjects::check);
    }

    @Test
    void everyComponentHasTheSameRows() {
        List<String> workloads =
                plain.workloads().map(ChartTests::name).sorted().toList();

        assertThat(workloads)
                .containsExactly(
                        "api-service",
                        "bridge-service",
                        "custom-code-runner",
                        "instant-worker",
                        "orchestrator",
                        "queued-worker",
                        "web-ui");
        for (String kind : List.of("ServiceAccount", "ConfigMap", "PodDisruptionBudget", "NetworkPolicy")) {
            assertThat(plain.kind(kind).map(ChartTests::name)).as(kind).containsExactlyInAnyOrderElementsOf(workloads);
        }
        assertThat(plain.kind("Service").map(ChartTests::name)).containsAll(workloads);
    }

    @Test
    void whoScalesAloneOwnsTheNumberOfPods() {
        all().forEach(chart -> chart.workloads().forEach(workload -> {
            boolean scaled = Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                    .flatMap(chart::kind)
                    .anyMatch(scaler ->
                            scaler.at("/spec/scaleTargetRef/name").asText().equals(name(workload))
                                    && scaler.at("/spec/scaleTargetRef/kind").equals(workload.path("kind")));
            assertThat(workload.at("/spec/replicas").isMissingNode())
                    .as(name(workload))
                    .isEqualTo(scaled);
        }));
    }

    @Test
    void everyPodIsAllowedInARestrictedNamespace() {
        all().flatMap(RenderedChart::pods).forEach(pod -> {
            assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/spec/securityContext/seccompProfile/type").asText())
                    .isEqualTo("RuntimeDefault");
            pod.at("/spec/containers").forEach(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").isTextual()).isTrue();
            });
        });
    }

    @Test
    void noPodMayCallTheClusterButTheOrchestratorWhereItIsToldTo() {
        assertThat(Stream.of(plain, dev).flatMap(RenderedChart::pods)).noneMatch(ChartTests::callsTheCluster);
        assertThat(everything.workloads().filter(each -> callsTheCluster(each.at("/spec/template"))))
                .singleElement()
                .satisfies(only -> assertThat(name(only)).isEqualTo("x-orchestrator"));
    }

    private static boolean callsTheCluster(JsonNode pod) {
        return pod.at("/spec/automountServiceAccountToken").asBoolean(true);
    }

    @Test
    void aServiceIsGivenItsOwnPrivateKeyOnly() {
        plain.workloads().filter(each -> !name(each).equals("web-ui")).forEach(workload -> {
            List<String> keys = Stream.of(workload.at("/spec/template/spec/volumes"))
                    .flatMap(volumes -> volumes.findValues("secret").stream())
                    .filter(secret -> secret.path("secretName").asText().equals("bascule-identity"))
                    .flatMap(secret -> secret.path("items").findValuesAsText("key").stream())
                    .toList();
            assertThat(keys).containsExactly(name(workload).replace("custom-", "") + ".pem");
        });
    }

    @Test
    void onlyTheApiSeesTheMasterKey() {
        assertThat(plain.workloads()
                        .filter(each -> each.toString().contains("bascule-master-key"))
                        .map(ChartTests::name))
                .containsExactly("api-service");
    }

    @Test
    void nodesOfARedisClusterAreNamedInsteadOfAServer() throws Exception {
        RenderedChart cluster = RenderedChart.with("redis: { clusterNodes: [one:7001, two:7002] }");

        for (String component : List.of("api-service", "instant-worker", "queued-worker", "orchestrator")) {
            assertThat(cluster.object("ConfigMap", component)
                            .at("/data/SPRING_DATA_REDIS_CLUSTER_NODES")
                            .asText())
                    .isEqualTo("one:7001,two:7002");
        }
        assertThat(cluster.objects().toString()).doesNotContain("SPRING_DATA_REDIS_HOST");
        assertThat(plain.objects().toString())
                .contains("SPRING_DATA_REDIS_HOST")
                .doesNotContain("SPRING_DATA_REDIS_CLUSTER_NODES");
    }

    @Test
    void onlyTheApiAsksTheReadReplica() {
        assertThat(everything
                        .object("ConfigMap", "x-api-service")
                        .at("/data/BASCULE_DATABASE_REPLICA_URL")
                        .asText())
                .isEqualTo("jdbc:postgresql://postgres-replica:5432/bascule?sslmode=verify-full");
        assertThat(everything
                        .workloads()
                        .filter(each -> each.toString().contains("BASCULE_DATABASE_REPLICA_PASSWORD"))
                        .map(ChartTests::name))
                .containsExactly("x-api-service");
        assertThat(plain.objects().toString()).doesNotContain("DATABASE_REPLICA");
    }

    @Test
    void workersAloneCallRunnersAndOneNamespaceReadsMetrics() {
        JsonNode ingress = plain.object("NetworkPolicy", "custom-code-runner").at("/spec/ingress");

        assertThat(ingress.at("/0/from").toString())
                .isEqualTo(
                        "[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"monitoring\"}}}]");
        assertThat(ingress.at("/1/from").findValuesAsText("app.kubernetes.io/name"))
                .containsExactly("instant-worker", "queued-worker");
        assertThat(ingress).hasSize(2);
    }

    @Test
    void runnersReachNobodyUnlessTheirRegistriesAreNamed() {
        assertThat(egressOfRunners(plain, "custom-code-runner")).isEqualTo("[]");
        assertThat(egressOfRunners(everything, "x-custom-code-runner")).contains("\"port\":53", "10.1.2.3/32");
    }

    private static String egressOfRunners(RenderedChart chart, String runner) {
        return chart.object("NetworkPolicy", runner).at("/spec/egress").toString();
    }

    @Test
    void eachBridgeUpToTheMostHasItsOwnServiceAndRoute() {
        assertThat(plain.kind("Service").map(ChartTests::name)).contains("bridge-service-0", "bridge-service-19");
        JsonNode service = everything.object("Service", "x-bridge-service-19");
        assertThat(service.at("/spec/selector/statefulset.kubernetes.io~1pod-name")
                        .asText())
                .isEqualTo("x-bridge-service-19");
        assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(everything
                        .object("TLSRoute", "x-bridge-service-19")
                        .at("/spec/hostnames/0")
                        .asText())
                .isEqualTo("x-bridge-service-19.bridges.example.org");
    }

    @Test
    void theAppsOwnBudgetEndsBeforeItsPodIsKilled() {
        JsonNode api = plain.object("ConfigMap", "api-service").path("data");
        JsonNode bridge = plain.object("ConfigMap", "bridge-service").path("data");

        assertThat(api.path("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE").asText())
                .isEqualTo("100s");
        assertThat(bridge.path("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE").asText())
                .isEqualTo("115s");
        assertThat(bridge.path("BASCULE_BRIDGE_DRAINBUDGET").asText()).isEqualTo("105s");
        assertThat(api.path("BASCULE_DRAIN_NOTICE").asText()).isEqualTo("3s");
    }

    @Test
    void aChangedConfigurationReplacesThePods() {
        assertThat(configurationSum(plain)).isNotEqualTo(configurationSum(everything));
    }

    private static String configurationSum(RenderedChart chart) {
        return chart.workloads()
                .filter(each -> name(each).endsWith("api-service"))
                .map(each -> each.at("/spec/template/metadata/annotations/checksum~1configuration")
                        .asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void renderingTwiceGivesTheSameText() throws Exception {
        Path values = Checkout.file("charts/bascule/values-dev.yaml");

        assertThat(RenderedChart.of(values).text()).isEqualTo(dev.text());
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
