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
