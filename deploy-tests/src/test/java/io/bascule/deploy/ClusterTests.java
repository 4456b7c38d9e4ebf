package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Installs the chart through a real Kubernetes API with the extensions it uses. Needs {@code KUBECONFIG} of a cluster that
 * may be changed, such as {@code deploy/cluster/control-plane} starts, and kubectl: {@code ./mvnw -Pcluster verify}.
 */
@Tag("cluster")
@Timeout(300)
class ClusterTests {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static Cluster cluster;

    @BeforeAll
    static void prepareARestrictedNamespace() throws Exception {
        cluster = Cluster.of("bascule-test");
        cluster.kubectl("label", "namespace", cluster.namespace(), "pod-security.kubernetes.io/warn=restricted");
    }

    @AfterAll
    static void remove() throws Exception {
        cluster.delete();
    }

    /** Without controllers a hook's Job would never end, hence `job`. */
    private static Release upgrade(String values) throws Exception {
        return cluster.install("plain", "migration: { mode: job }\n" + values, UnaryOperator.identity());
    }

    @Test
    void theChartIsInstalledAndUpgraded() throws Exception {
        assertThat(upgrade("namePrefix: plain-").getStatus()).isEqualTo("deployed");
        Release second = upgrade("namePrefix: plain-\nbridgeService: { maxReplicas: 21 }");

        assertThat(second.getRevision()).isEqualTo("2");
        assertThat(cluster.kubectl("get", "services", "--output", "name")).contains("service/plain-bridge-service-20");
        assertThat(cluster.kubectl("get", "scaledobjects,hpa", "--output", "name"))
                .contains("plain-queued-worker", "plain-custom-code-runner", "plain-api-service");
    }

    @Test
    void theApiTakesEveryObjectAsItIsWithoutAWarning() throws Exception {
        assertThat(tried(RenderedChart.with(ChartTests.EVERYTHING))).contains("tlsroute", "podmonitor", "scaledobject");
    }

    @ParameterizedTest
    @MethodSource("io.bascule.deploy.PresetTests#presets")
    void theApiTakesEveryPreset(Path preset) throws Exception {
        assertThat(tried(PresetTests.rendered(preset))).contains("api-service", "web-ui");
    }

    @Test
    void theApiTakesTheAgentsChart() throws Exception {
        assertThat(tried(RenderedChart.with(AgentChartTests.CHART, AgentChartTests.JOINING)))
                .contains("statefulset", "secret/", "serviceaccount");
    }

    /** With every switch on: Helm refuses to take what another release has. */
    @Test
    void aSecondWholePlatformStandsBesideTheFirstAndLeavesItWhole() throws Exception {
        String values = ChartTests.EVERYTHING;
        Path green = Checkout.file("charts/bascule/values-green.yaml");
        try {
            cluster.install("first", values, UnaryOperator.identity());
            String first = objects("first");

            Release second = cluster.install("second", values, upgrade -> upgrade.withValuesFile(green));
            assertThat(second.getStatus()).isEqualTo("deployed");
            assertThat(objects("second"))
                    .contains("deployment.apps/green-queued-worker", "statefulset.apps/green-bridge-service")
                    .doesNotContain("httproute");

            cluster.install(
                    "first",
                    values,
                    upgrade -> upgrade.set("gateway.other.namePrefix", "green-").set("gateway.other.weight", 100));
            String backends = cluster.kubectl(
                    "get",
                    "httproute",
                    "x-bascule",
                    "--output",
                    "jsonpath={range .spec.rules[*].backendRefs[*]}{.name} {.weight}{'\\n'}{end}");
            assertThat(backends.lines())
                    .containsExactly("x-api-service 0", "green-api-service 100", "x-web-ui 0", "green-web-ui 100");
            assertThat(cluster.kubectl("get", "service", "green-api-service", "green-web-ui", "--output", "name"))
                    .isNotEmpty();

            cluster.uninstall("second");
            assertThat(objects("first")).isEqualTo(first);
        } finally {
            cluster.uninstall("second");
            cluster.uninstall("first");
        }
    }

    /** What a release has, one below the other; not its migration, whose name has the revision. */
    private static String objects(String release) throws Exception {
        String kinds =
                "deployments,statefulsets,services,configmaps,serviceaccounts,networkpolicies,poddisruptionbudgets,"
                        + "hpa,scaledobjects,httproutes,tlsroutes,podmonitors,prometheusrules,roles,rolebindings,cronjobs,"
                        + "resourcequotas,limitranges,priorityclasses";
        return cluster.kubectl("get", kinds, "--selector", "app.kubernetes.io/instance=" + release, "--output", "name");
    }

    /** Strict validation names unknown and duplicate fields; the namespace warns of pods that are not restricted. */
    private static String tried(RenderedChart chart) throws Exception {
        Path file = Files.createTempFile("objects", ".yaml");
        try {
            Files.writeString(file, chart.text().replace("namespace: platform", "namespace: " + cluster.namespace()));

            String said = cluster.shell()
                    .run(
                            SOON,
                            List.of(
                                    "sh",
                                    "-c",
                                    "kubectl apply --server-side --dry-run=server --validate=strict -f '%s' 2>&1"
                                            .formatted(file)));

            assertThat(said).contains("serverside-applied").doesNotContainIgnoringCase("warning");
            return said;
        } finally {
            Files.delete(file);
        }
    }
}
