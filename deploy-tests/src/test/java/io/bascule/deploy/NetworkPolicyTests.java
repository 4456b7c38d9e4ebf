package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
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
 * Who reaches whom in a cluster that enforces the chart's network policies, as the one that {@code deploy/cluster/node} runs does. Needs
 * what {@link PodsTests} needs: {@code ./mvnw -Ppods verify}. The last test turns the policies off: what was kept away before is
 * let through then, so that it was they who did it.
 */
@Tag("pods")
@Timeout(1200)
@TestMethodOrder(OrderAnnotation.class)
class NetworkPolicyTests {

    private static final String ELSEWHERE = "bascule-policies-elsewhere";

    private static final String VALUES = Installation.ONE_OF_EACH + """
            bridgeService: { replicas: 1, maxReplicas: 1, autoscaling: { mode: none }, resources: { requests: { cpu: 20m, memory: 128Mi } } }
            """;

    private static final String MONITORING = """
            - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: %s } }
              podSelector: { matchLabels: { demo: monitor } }""".formatted(ELSEWHERE).indent(4);

    private static final String ON = VALUES + "networkPolicy:\n  monitoring:\n" + MONITORING;

    private static final String SHELL = """
            apiVersion: v1
            kind: Pod
            metadata: { name: %s, labels: { %s } }
            spec:
              enableServiceLinks: false
              terminationGracePeriodSeconds: 1
              containers: [{ name: psql, image: "postgres:18", imagePullPolicy: Never, command: [sleep, infinity] }]
            """;

    private static final Set<String> DOORS = Set.of("api-service:5000", "web-ui:8080", "bridge-service:8443");
    private static final Set<String> METRICS = Set.of(
            "bridge-service:5000",
            "instant-worker:5000",
            "queued-worker:5000",
            "orchestrator:5000",
            "custom-code-runner:5000");
    private static final Set<String> CALLS = Set.of("custom-code-runner:5090");
    private static final Set<String> ALL = union(DOORS, METRICS, CALLS);

    private static final int MOST_LOOKS = 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @TempDir
    private static Path directory;

    private static Installation platform;
    private static Cluster cluster;
    private static Cluster elsewhere;
    private static Location location;

    @BeforeAll
    static void installAndLetStrangersIn() throws Exception {
        platform = Installation.prepare("bascule-policies", directory.resolve("keys"));
        cluster = platform.cluster();
        platform.upgrade("first", ON);
        location = Location.open(platform);
        elsewhere = Cluster.of(ELSEWHERE);
        start(elsewhere, "stranger", "demo: stranger");
        start(elsewhere, "monitor", "demo: monitor");
        start(cluster, "neighbour", "demo: monitor");
        start(cluster, "worker", "app.kubernetes.io/name: instant-worker, app.kubernetes.io/instance: bascule");
        start(elsewhere, "worker", "app.kubernetes.io/name: instant-worker, app.kubernetes.io/instance: bascule");
    }

    @AfterAll
    static void remove() throws Exception {
        cluster.delete();
        elsewhere.delete();
    }

    private static void start(Cluster where, String pod, String labels) throws Exception {
        where.kubectlWith(SHELL.formatted(pod, labels), "apply", "--filename", "-");
        where.kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/" + pod);
    }

    @Test
    @Order(1)
    void thePlatformWorks() throws Exception {
        location.assertThatAllWorks(platform.api());
    }

    @Test
    @Order(2)
    void strangersReachTheDoorsAlone() throws Exception {
        assertReached(elsewhere, "stranger", ALL, DOORS);
        assertReached(cluster, "neighbour", ALL, DOORS);
        // A worker's labels mean something in the platform's own namespace.
        assertReached(elsewhere, "worker", ALL, DOORS);
    }

    @Test
    @Order(3)
    void whoMonitorsReachesMetricsAndWorkersReachRunners() throws Exception {
        assertReached(elsewhere, "monitor", ALL, union(DOORS, METRICS));
        assertReached(cluster, "worker", ALL, union(DOORS, CALLS));
    }

    /** By their addresses, since a runner is not told what a name's is. */
    @Test
    @Order(4)
    void runnersReachNobodyButWhomTheValuesName() throws Exception {
        Set<String> stores = Set.of(address("postgres") + ":5432", address("redis") + ":6379");
        Set<String> others = union(
                stores,
                Set.of(
                        address("demo-postgres") + ":5432",
                        address("api-service") + ":5000",
                        kubernetes(),
                        "api-service:5000"));
        assertReached(cluster, runner(), others, Set.of());

        change(ON + """
                registries:
                  egress: [{ to: [{ podSelector: { matchLabels: { demo: postgres } } }], ports: [{ port: 5432 }] }]
                """);

        assertReached(
                cluster,
                runner(),
                union(others, Set.of("demo-postgres:5432", "demo-postgres:5433")),
                Set.of(address("demo-postgres") + ":5432", "demo-postgres:5432"));
        location.assertThatTheFunctionRuns(platform.api());
    }

    @Test
    @Order(5)
    void withoutPoliciesAllReachAll() throws Exception {
        change(VALUES + "networkPolicy: { enabled: false }\n");

        assertReached(elsewhere, "stranger", ALL, ALL);
        assertReached(cluster, "neighbour", ALL, ALL);
        Set<String> others = Set.of("postgres:5432", "redis:6379", "api-service:5000", kubernetes());
        assertReached(cluster, runner(), others, others);
    }

    /** Other policies and the same pods. */
    private static void change(String values) throws Exception {
        platform.upgrade("first", values + "migration: { mode: none }\n");
    }

    private static String address(String service) throws Exception {
        return cluster.kubectl("get", "service", service, "--output=jsonpath={.spec.clusterIP}");
    }

    private static String kubernetes() throws Exception {
        return cluster.kubectl(
                "get", "service", "kubernetes", "--namespace=default", "--output=jsonpath={.spec.clusterIP}:443");
    }

    private static String runner() throws Exception {
        return cluster.kubectl(
                "get",
                "pods",
                "--selector=app.kubernetes.io/name=custom-code-runner",
                "--output=jsonpath={.items[0].metadata.name}");
    }

    /** Soon: policies do not come into force in the moment in which they are changed. */
    private static void assertReached(Cluster from, String pod, Set<String> tried, Set<String> expected)
            throws Exception {
        Set<String> reached = reached(from, pod, tried);
        for (int look = 0; look < MOST_LOOKS && !reached.equals(expected); look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            reached = reached(from, pod, tried);
        }
        assertThat(reached).as("whom %s reaches", pod).isEqualTo(expected);
    }

    /** Connections from a pod's first container. From elsewhere, names have the namespace behind them. */
    private static Set<String> reached(Cluster from, String pod, Set<String> addresses) throws Exception {
        String namespace = from.equals(cluster) ? "" : "." + cluster.namespace();
        String script = """
                for address in %s; do
                  host=${address%%%%:*} port=${address##*:}
                  timeout 5 bash -c "exec 3<>/dev/tcp/$host%s/$port" 2>/dev/null && echo $address &
                done
                wait""".formatted(String.join(" ", addresses), namespace);
        return from.kubectl("exec", pod, "--", "bash", "-c", script).lines().collect(Collectors.toSet());
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> union = new HashSet<>();
        for (Set<String> set : sets) {
            union.addAll(set);
        }
        return union;
    }
}
