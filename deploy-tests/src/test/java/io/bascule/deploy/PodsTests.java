package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

    private static final Duration LONG = Duration.ofMinutes(20);
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final int MOST_LOOKS = 90;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final String LOCATION = "deploy/cluster/location.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

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

    private static final String DATABASE = "postgresql://demo:demo@127.0.0.1:5432/demo";

    /** One connection asks five times a second which server process it has. */
    private static final String SESSION = """
            echo 'select pg_backend_pid() \\watch 0.2' >/tmp/session.sql
            setsid sh -c 'echo $$ >/tmp/session.pid; exec psql -At %s -f /tmp/session.sql' >/tmp/session 2>&1 </dev/null &
            until [ -s /tmp/session ]; do sleep 0.2; done""".formatted(DATABASE);

    @TempDir
    private static Path directory;

    private static Cluster cluster;

    @BeforeAll
    static void installAndSignIn() throws Exception {
        cluster = Cluster.of("bascule-pods");
        makeSecrets(directory.resolve("keys"));
        cluster.kubectl("apply", "--filename", "deploy/cluster/stores.yaml");
        cluster.kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/postgres", "pod/redis", "pod/kafka");
        upgrade("first");
        openLocation();
    }

    @AfterAll
    static void remove() throws Exception {
        cluster.delete();
    }

    /** As docs/guides/deployment.md says. */
    private static void makeSecrets(Path keys) throws Exception {
        cluster.shell().run(SHORT, List.of(Checkout.file("deploy/secrets").toString(), keys.toString()));
        List<String> identities = new ArrayList<>(List.of("create", "secret", "generic", "bascule-identity"));
        try (var services = Files.newDirectoryStream(keys, path -> Files.exists(path.resolve("identity.pem")))) {
            services.forEach(service -> identities.add(
                    "--from-file=%s.pem=%s".formatted(service.getFileName(), service.resolve("identity.pem"))));
        }
        cluster.kubectl(identities.toArray(String[]::new));
        cluster.kubectl("create", "configmap", "bascule-trusted-keys", "--from-file=" + keys.resolve("trusted"));
        secret("bascule-master-key", "--from-file=" + keys.resolve("master/master.key"));
        secret(
                "bascule-owner",
                "--from-literal=username=owner",
                "--from-file=password=" + keys.resolve("owner/owner.password"));
        secret(
                "bascule-database",
                "--from-literal=username=bascule",
                "--from-file=password=" + keys.resolve("stores/postgres.password"));
        secret("bascule-redis", "--from-file=password=" + keys.resolve("stores/redis.password"));
    }

    private static void secret(String name, String... content) throws Exception {
        List<String> command = new ArrayList<>(List.of("create", "secret", "generic", name));
        command.addAll(List.of(content));
        cluster.kubectl(command.toArray(String[]::new));
    }

    private static void upgrade(String tag) throws Exception {
        String values = VALUES + "image: { prefix: bascule, tag: %s, pullPolicy: Never }%n".formatted(tag);
        var release = cluster.install(
                "bascule", values, command -> command.waitReady().withTimeout((int) LONG.toSeconds()));
        assertThat(release.getStatus()).isEqualTo("deployed");
    }

    /** The agent comes last, with a token that the visitor asks for. */
    private static void openLocation() throws Exception {
        cluster.kubectl("apply", "--filename", LOCATION, "--selector", "demo!=agent");
        cluster.kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/visitor", "pod/demo-postgres");
        String password = Files.readString(directory.resolve("keys/owner/owner.password"));
        visitor(password, "login", "http://api-service:5000", "--user", "owner", "--password-stdin");
        visitor("", "agent", "create", "demo");
        String token = JSON.readTree(visitor("", "agent", "token", "demo", "-o", "json"))
                .path("token")
                .asText();
        secret("demo-agent", "--from-literal=token=" + token);
        cluster.kubectl("apply", "--filename", LOCATION);
        cluster.kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/demo-agent");
        visitor(
                "",
                "resource",
                "create",
                "postgres",
                "--kind",
                "postgres",
                "--agent",
                "demo",
                "--host",
                "demo-postgres",
                "--port",
                "5432");
    }

    @Test
    @Order(1)
    void aTaskAFunctionAndATunnelWork() throws Exception {
        Api api = api();
        assertThat(api.run("echo", "{\"message\": \"hello\"}").at("/result").asText())
                .isEqualTo("hello");
        api.post("/functions", "{\"name\": \"add\", \"source\": \"const handler = ({ a, b }) => a + b;\"}");
        assertThat(api.post("/functions/add:run", "{\"input\": {\"a\": 2, \"b\": 40}}")
                        .path("result")
                        .asInt())
                .isEqualTo(42);
        listen();
        assertThat(psql("select 6 * 7")).contains("42");
    }

    /**
     * Every pod of ours is replaced while requests come in, tasks run and one session with a database goes on. The session
     * is one process of the server, so that a second one would show.
     */
    @Test
    @Order(2)
    void anUpgradeGoesUnnoticed() throws Exception {
        Api api = api();
        listen();
        Set<String> before = pods();
        cluster.kubectl("exec", "visitor", "--container", "psql", "--", "sh", "-c", SESSION);

        try (var load = new Load(api)) {
            load.start();
            upgrade("second");
            awaitGone(before);
            load.stop();

            assertThat(load.failures()).isEmpty();
            assertThat(load.answered()).as("requests answered").isGreaterThan(1_000);
            List<String> accepted = load.accepted();
            assertThat(accepted).hasSizeGreaterThan(200);
            for (String task : accepted) {
                assertThat(api.awaitEnd(task)).as(task).isEqualTo("succeeded");
            }
        }
        List<String> session = cluster.kubectl("exec", "visitor", "--container", "psql", "--", "cat", "/tmp/session")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(session).hasSizeGreaterThan(500);
        assertThat(Set.copyOf(session)).as("one session, and no complaint").hasSize(1);
        assertThat(cluster.kubectl(
                        "exec",
                        "visitor",
                        "--container",
                        "psql",
                        "--",
                        "sh",
                        "-c",
                        "kill -0 $(cat /tmp/session.pid) && echo alive"))
                .contains("alive");
    }

    /** Starts a tunnel in the visitor's pod that her other container uses, unless it is there. */
    private static void listen() throws Exception {
        cluster.kubectl("exec", "visitor", "--container", "cli", "--", "sh", "-c", """
                [ -e /tmp/tunnel ] || {
                  setsid /app/entrypoint tcp postgres --port 5432 >/tmp/tunnel 2>&1 </dev/null &
                  until grep -q 5432 /tmp/tunnel; do sleep 0.2; done
                }""");
    }

    private static String psql(String query) throws Exception {
        return cluster.kubectl("exec", "visitor", "--container", "psql", "--", "psql", DATABASE, "--command", query);
    }

    /** Our own programs' pods, by their unique ids. */
    private static Set<String> pods() throws Exception {
        return cluster.kubectl(
                        "get",
                        "pods",
                        "--selector=app.kubernetes.io/instance=bascule",
                        "--field-selector=status.phase=Running",
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

    private static Api api() throws Exception {
        String token = JSON.readTree(cluster.kubectl(
                        "exec", "visitor", "--container", "cli", "--", "cat", "/tmp/.config/bascule/login.json"))
                .path("token")
                .asText();
        String address = cluster.kubectl("get", "service", "api-service", "--output", "jsonpath={.spec.clusterIP}");
        return new Api("http://%s:5000/api/v1".formatted(address), token);
    }

    /** The CLI, as the visitor uses it from her own pod. */
    private static String visitor(String input, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("exec", "--stdin", "visitor", "--container", "cli", "--", "/app/entrypoint"));
        command.addAll(List.of(arguments));
        return cluster.kubectlWith(input, command.toArray(String[]::new));
    }
}
