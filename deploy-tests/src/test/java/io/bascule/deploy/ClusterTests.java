package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final String NAMESPACE = "bascule-test";

    private static Shell shell;
    private static Path kubeconfig;

    @BeforeAll
    static void prepareARestrictedNamespace() throws Exception {
        kubeconfig = Path.of(System.getenv().getOrDefault("KUBECONFIG", ""));
        assertThat(kubeconfig).as("KUBECONFIG").isRegularFile();
        shell = new Shell(Map.of());
        kubectl("create", "namespace", NAMESPACE);
        kubectl("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/warn=restricted");
    }

    @AfterAll
    static void remove() throws Exception {
        kubectl("delete", "namespace", NAMESPACE, "--wait=false", "--ignore-not-found");
    }

    private static String kubectl(String... arguments) throws Exception {
        return shell.run(SOON, command(arguments));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Without controllers a hook's Job would never end, hence `job`. */
    private static Release upgrade(String name, String values) throws Exception {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.writeString(file, "migration: { mode: job }\n" + values);
            return new Helm(Checkout.chart())
                    .upgrade()
                    .install()
                    .withName(name)
                    .withNamespace(NAMESPACE)
                    .withKubeConfig(kubeconfig)
                    .withValuesFile(file)
                    .call();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void theChartIsInstalledAndUpgraded() throws Exception {
        assertThat(upgrade("plain", "namePrefix: plain-").getStatus()).isEqualTo("deployed");
        Release second = upgrade("plain", "namePrefix: plain-\nbridgeService: { maxReplicas: 21 }");

        assertThat(second.getRevision()).isEqualTo("2");
        assertThat(kubectl("--namespace", NAMESPACE, "get", "services", "--output", "name"))
                .contains("service/plain-bridge-service-20");
        assertThat(kubectl("--namespace", NAMESPACE, "get", "scaledobjects,hpa", "--output", "name"))
                .contains("plain-queued-worker", "plain-custom-code-runner", "plain-api-service");
    }

    /** Strict validation names unknown and duplicate fields; the namespace warns of pods that are not restricted. */
    @Test
    void theApiTakesEveryObjectAsItIsWithoutAWarning() throws Exception {
        Path file = Files.createTempFile("objects", ".yaml");
        try {
            String all = RenderedChart.with(ChartTests.EVERYTHING)
                    .text()
                    .replace("namespace: platform", "namespace: " + NAMESPACE);
            Files.writeString(file, all);

            String said = shell.run(
                    SOON,
                    List.of(
                            "sh",
                            "-c",
                            "kubectl --kubeconfig '%s' apply --server-side --dry-run=server --validate=strict -f '%s' 2>&1"
                                    .formatted(kubeconfig, file)));

            assertThat(said).contains("tlsroute", "podmonitor", "scaledobject", "serverside-applied");
            assertThat(said).doesNotContainIgnoringCase("warning");
        } finally {
            Files.delete(file);
        }
    }
}
