package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installs an agent by its chart in a cluster, beside a small platform. Needs what {@link PodsTests} needs, and that the node is
 * this machine, which has the volume: {@code ./mvnw -Ppods verify}.
 */
@Tag("pods")
@Timeout(1200)
class AgentPodTests {

    private static final int MOST_LOOKS = 150;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** What a task through an agent takes. */
    private static final String VALUES = """
            apiService: &one
              replicas: 1
              autoscaling: { mode: none }
              podDisruptionBudget: { enabled: false }
              resources: { requests: { cpu: 20m, memory: 128Mi } }
            bridgeService: { replicas: 1, maxReplicas: 1, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 128Mi } } }
            instantWorker: *one
            queuedWorker: { enabled: false }
            codeRunner: { enabled: false }
            orchestrator: { enabled: false }
            webUi: { replicas: 1, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 64Mi } } }
            """;

    /** For clusters that make none by themselves. */
    private static final String VOLUME = """
            apiVersion: v1
            kind: PersistentVolume
            metadata: { name: bascule-agent-test }
            spec:
              capacity: { storage: 16Mi }
              accessModes: [ReadWriteOnce]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: bascule-agent-test
              hostPath: { path: %s, type: Directory }
            """;

    @TempDir
    private static Path directory;

    private static Installation platform;
    private static Cluster cluster;

    @BeforeAll
    static void installBoth() throws Exception {
        platform = Installation.prepare("bascule-agent", directory.resolve("keys"));
        cluster = platform.cluster();
        platform.upgrade("first", VALUES);
        platform.openVisitor();
        String token = platform.newAgent("there");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path state = Files.createDirectory(directory.resolve("state"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        cluster.kubectlWith(VOLUME.formatted(state), "apply", "--filename", "-");
        cluster.install(
                AgentChartTests.CHART,
                "there",
                """
                apiUrl: http://api-service:5000
                joinToken: %s
                image: { tag: first, pullPolicy: Never }
                storage: { className: bascule-agent-test }
                """.formatted(token),
                command -> command.waitReady().withTimeout(300));
        platform.newResource("ui", "http", "there", "web-ui:8080");
    }

    @AfterAll
    static void remove() throws Exception {
        cluster.delete();
        cluster.kubectl("delete", "persistentvolume", "bascule-agent-test", "--wait=false", "--ignore-not-found");
    }

    @Test
    void itJoinsWithItsTokenAndComesBackWithItsKeyAlone() throws Exception {
        assertThatItIsReached();

        cluster.kubectl("delete", "secret", "there");
        cluster.kubectl("delete", "pod", "there-0", "--timeout=120s");
        cluster.kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/there-0");

        assertThatItIsReached();
    }

    /** The agent has connected a moment after its pod is there. */
    private static void assertThatItIsReached() throws Exception {
        JsonNode task = ask();
        for (int look = 0; look < MOST_LOOKS && task.at("/result/status").asInt() != 200; look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            task = ask();
        }
        assertThat(task.at("/result/body").asText()).as(task.toString()).contains("<html");
    }

    private static JsonNode ask() throws Exception {
        return platform.api().run("http.request", "{\"resource\": \"ui\", \"path\": \"/\"}");
    }
}
