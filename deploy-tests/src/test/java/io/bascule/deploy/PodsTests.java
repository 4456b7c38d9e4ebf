package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the chart's pods in a cluster and upgrades them under load. Needs {@code KUBECONFIG} of a cluster that may be
 * changed and whose Services this machine reaches, such as {@code deploy/cluster/node} runs, with the images {@code
 * bascule/*:first} and {@code :second} and those of {@code deploy/cluster/*.yaml}: {@code ./mvnw -Ppods verify}.
 */
@Tag("pods")
@Timeout(2400)
@TestMethodOrder(OrderAnnotation.class)
class PodsTests {

    private static final String RUNNING = "--field-selector=status.phase=Running";
    private static final String OURS = "--selector=app.kubernetes.io/instance=bascule";
    private static final int MOST_LOOKS = 450;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** Two of each, so that there is always one; small, for one machine. */
    private static final String VALUES = """
            apiService: &two
              replicas: 2
              autoscaling: { mode: none }
              resources: { requests: { cpu: 20m, memory: 128Mi } }
            bridgeService: { replicas: 2, maxReplicas: 2, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 128Mi } } }
            instantWorker: *two
            queuedWorker: *two
            codeRunner: *two
            orchestrator: *two
            webUi: { replicas: 2, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 64Mi } } }
            """;

    /** One connection asks five times a second which server process it has. */
    private static final String SESSION = """
            rm -f /tmp/session
            echo 'select pg_backend_pid() \\watch 0.2' >/tmp/session.sql
            setsid sh -c 'echo $$ >/tmp/session.pid; exec psql -At %s -f /tmp/session.sql' >/tmp/session 2>&1 </dev/null &
            until [ -s /tmp/session ]; do sleep 0.2; done""".formatted(Location.DATABASE);

    @TempDir
    private static Path directory;

    private static Installation platform;
    private static Cluster cluster;
    private static Location location;

    @BeforeAll
    static void installAndSignIn() throws Exception {
        platform = Installation.prepare("bascule-pods", directory.resolve("keys"));
        cluster = platform.cluster();
        platform.upgrade("first", VALUES);
        location = Location.open(platform);
    }

    @AfterAll
    static void remove() throws Exception {
        cluster.delete();
    }

    @Test
    @Order(1)
    void aTaskAFunctionAndATunnelWork() throws Exception {
        location.assertThatAllWorks(platform.api());
    }

    @Test
    @Order(2)
    void anUpgradeGoesUnnoticed() throws Exception {
        platform.api().post("/queues", "{\"name\": \"%s\"}".formatted(Load.QUEUE));

        replaceUnderLoad(() -> platform.upgrade("second", VALUES));
    }

    /** The older programs work on the newer schema, which stays. */
    @Test
    @Order(3)
    void theWayBackGoesUnnoticedToo() throws Exception {
        replaceUnderLoad(() -> {
            List<String> workloads = cluster.kubectl("get", "deployments,statefulsets", "--output=name")
                    .lines()
                    .toList();
            for (String workload : workloads) {
                cluster.kubectl("rollout", "undo", workload);
            }
        });

        assertThat(cluster.kubectl(
                        "get", "pods", OURS, RUNNING, "--output=jsonpath={.items[*].spec.containers[*].image}"))
                .contains("bascule/api-service:first")
                .doesNotContain(":second");
    }

    private interface Change {
        void make() throws Exception;
    }

    /**
     * Every pod of ours is replaced while requests come in, tasks run and one session with a database goes on. The session
     * is one process of the server, so that a second one would show.
     */
    private static void replaceUnderLoad(Change change) throws Exception {
        location.listen();
        Set<String> before = pods();
        location.visitorsShell(SESSION);

        try (var load = new Load(platform.api())) {
            load.start();
            change.make();
            awaitGone(before);
            load.stop();

            load.assertThatNobodyNoticed();
        }
        assertOneSession();
    }

    private static void assertOneSession() throws Exception {
        List<String> session = location.visitorsShell("cat /tmp/session")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(session).hasSizeGreaterThan(500);
        assertThat(Set.copyOf(session)).as("one session, and no complaint").hasSize(1);
        assertThat(location.visitorsShell(
                        "kill -0 $(cat /tmp/session.pid) && echo alive && kill $(cat /tmp/session.pid)"))
                .contains("alive");
    }

    /** Our own programs' pods, by their unique ids. */
    private static Set<String> pods() throws Exception {
        return cluster.kubectl(
                        "get",
                        "pods",
                        OURS,
                        RUNNING,
                        "--output=jsonpath={range .items[*]}{.metadata.uid}{\"\\n\"}{end}")
                .lines()
                .collect(Collectors.toSet());
    }

    /** The last of them may still be answering what it was asked. */
    private static void awaitGone(Set<String> pods) throws Exception {
        for (int look = 0; look < MOST_LOOKS && pods().stream().anyMatch(pods::contains); look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        assertThat(pods()).hasSameSizeAs(pods).doesNotContainAnyElementsOf(pods);
    }
}
