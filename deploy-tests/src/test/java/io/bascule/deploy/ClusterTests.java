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

    /** Strict validation names unknown and duplicate fields; the namespace warns of pods that are not restricted. */
    @Test
    void theApiTakesEveryObjectAsItIsWithoutAWarning() throws Exception {
        Path file = Files.createTempFile("objects", ".yaml");
        try {
            String all = RenderedChart.with(ChartTests.EVERYTHING)
                    .text()
                    .replace("namespace: platform", "namespace: " + cluster.namespace());
            Files.writeString(file, all);

            String said = cluster.shell()
                    .run(
                            SOON,
                            List.of(
                                    "sh",
                                    "-c",
                                    "kubectl apply --server-side --dry-run=server --validate=strict -f '%s' 2>&1"
                                            .formatted(file)));

            assertThat(said).contains("tlsroute", "podmonitor", "scaledobject", "serverside-applied");
            assertThat(said).doesNotContainIgnoringCase("warning");
        } finally {
            Files.delete(file);
        }
    }
}
