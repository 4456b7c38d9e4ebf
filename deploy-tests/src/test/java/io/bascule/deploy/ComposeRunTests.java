package io.bascule.deploy;

import static io.bascule.deploy.ComposePlatform.LONG;
import static io.bascule.deploy.ComposePlatform.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
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
 * Builds the images, starts the Compose file and does what README tells a newcomer to do. Needs an engine of this machine ({@code
 * DOCKER_HOST} or the usual socket), psql, the ports 5000, 8443 and 8444, and the modules' jars: {@code ./mvnw -Pcontainers
 * verify}. What it starts has a project name of its own and is deleted with its volumes.
 */
@Tag("containers")
@Timeout(3000)
@TestMethodOrder(OrderAnnotation.class)
class ComposeRunTests {

    private static final int MOST_LOOKS = 150;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    /** As the kernel's tables of sockets have them; the name server of containers is on 127.0.0.11. */
    private static final String LISTENING = "0A";

    private static final Pattern LOOPBACK = Pattern.compile("[0-9A-F]{6}7F:[0-9A-F]{4}");

    @TempDir
    private static Path directory;

    private static ComposePlatform platform;
    private static PackageServer packages;

    @BeforeAll
    static void startAndSignIn() throws Exception {
        platform = ComposePlatform.of(
                Files.createDirectory(directory.resolve("home")),
                Map.of(
                        "BASCULE_REGISTRIES_NPM", PackageServer.URL,
                        "BASCULE_REGISTRIES_PYPI", PackageServer.URL + "/simple",
                        "BASCULE_REGISTRIES_PYPIFILES", PackageServer.URL + "/files"));
        packages = new PackageServer(platform, directory.resolve("packages"));
        packages.makeFunctions("greet-js", "greet-py");
        platform.compose(LONG, "build");
        platform.compose(LONG, "up", "--detach");
        packages.start();
        platform.signIn();
    }

    @AfterAll
    static void remove() throws Exception {
        packages.remove();
        platform.compose(LONG, "down", "--volumes", "--timeout", "30");
    }

    private static JsonNode submit(String type, String input) throws Exception {
        return ComposePlatform.JSON.readTree(
                platform.bascule("task", "submit", type, "--input", input, "--wait", "60", "-o", "json"));
    }

    @Test
    void anInstantTaskAnswers() throws Exception {
        assertThat(submit("echo", "{\"message\": \"hello\"}").path("result").asText())
                .isEqualTo("hello");
    }

    @Test
    void aTaskReachesAnApplicationThatOnlyTheAgentReaches() throws Exception {
        JsonNode task = submit("http.request", "{\"resource\": \"http\", \"path\": \"/some/path\"}");

        assertThat(task.at("/result/status").asInt()).isEqualTo(200);
        assertThat(task.at("/result/body").asText()).contains("Hello from behind the agent", "/some/path");
    }

    @Test
    void aSessionWithTheRealPostgresCrossesABridge() throws Exception {
        String rows = platform.bascule(
                "tcp",
                "postgres",
                "--exec",
                "psql postgresql://demo:demo@{host}:{port}/demo -c \"select * from bridges\"");

        assertThat(rows).contains("Tower Bridge", "Erasmusbrug");
    }

    @Test
    @Order(1)
    void aFunctionRunsConfinedWithoutPrivileges() throws Exception {
        Api api = platform.api();
        api.post("/functions", "{\"name\": \"add\", \"source\": \"const handler = ({ a, b }) => a + b;\"}");

        JsonNode task = api.post("/functions/add:run", "{\"input\": {\"a\": 2, \"b\": 40}}");

        assertThat(task.path("result").asInt()).isEqualTo(42);
        assertThat(platform.compose(SHORT, "logs", "custom-code-runner")).contains("run confined (Landlock ABI");
    }

    @Test
    void functionsGetPackagesByTheOneWayThatRunnersHaveAndCannotTakeItThemselves() throws Exception {
        for (String function : List.of("greet-js", "greet-py")) {
            platform.bascule("fn", "deploy", packages.directory(function).toString());
        }
        Api api = platform.api();
        api.post("/functions", """
                {"name": "nosy", "egress": ["registries:8080", "packages:8080"], "source":
                 "const handler = async ({ url }) => (await fetch(url)).status;"}
                """);

        assertThat(api.post("/functions/greet-js:run", "{}").path("result").asText())
                .isEqualTo("hello from npm");
        assertThat(api.post("/functions/greet-py:run", "{}").path("result").asText())
                .isEqualTo("hello from PyPI");
        for (String url : List.of("http://registries:8080/health", PackageServer.URL)) {
            JsonNode task = api.post("/functions/nosy:run", "{\"input\": {\"url\": \"%s\"}}".formatted(url));
            assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("failed");
        }
    }

    /** Whoever asks the database from elsewhere is the pool, or streams from it. */
    @Test
    void everyServiceReachesTheDatabaseThroughThePool() throws Exception {
        String pool = platform.containers("pgbouncer").getFirst();

        assertThat(platform.query(
                        "bascule",
                        "select distinct host(client_addr) from pg_stat_activity"
                                + " where backend_type = 'client backend' and client_addr is not null"))
                .containsExactly(platform.address(pool, "stores"));
        String services = String.join("\n", platform.query("-h pgbouncer -p 6432 pgbouncer", "show clients"));
        for (String service : List.of("api-service", "instant-worker", "queued-worker", "orchestrator")) {
            for (String container : platform.containers(service)) {
                assertThat(services).as(service).contains("|%s|".formatted(platform.address(container, "stores")));
            }
        }
    }

    @Test
    void longReadsAreAnsweredByTheReplica() throws Exception {
        assertThat(platform.query("bascule", "select application_name, state from pg_stat_replication"))
                .containsExactly("replica|streaming");
        String reads = "bascule_database_replica_reads_total{from=\"replica\"";
        double before = platform.metric("api-service", reads);

        for (int look = 0; look < MOST_LOOKS && platform.metric("api-service", reads) == before; look++) {
            assertThat(platform.api().get("/audit-events").toString()).contains("owner");
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }

        assertThat(platform.metric("api-service", reads)).isGreaterThan(before);
    }

    @Test
    void aLargeResultIsInTheObjectStorage() throws Exception {
        platform.basculeWith("demo", "secret", "set", "DEMO");
        JsonNode task = platform.api().run("sql.query", """
                {"resource": "postgres", "database": "demo", "user": "demo", "password": {"secret": "DEMO"}, "maxRows": 3000,
                 "maxBytes": 4000000, "statement": "select repeat('x', 1000) from generate_series(1, 3000)"}
                """);

        String id = task.path("id").asText();
        assertThat(task.at("/largeResult").isObject()).as(task.toString()).isTrue();
        assertThat(platform.api().get("/tasks/%s/result".formatted(id)).path("rows"))
                .hasSize(3000);
        assertThat(platform.compose(
                        SHORT,
                        "exec",
                        "-T",
                        "seaweedfs",
                        "sh",
                        "-c",
                        "echo fs.tree /buckets/bascule/task-results | weed shell -master 127.0.0.1:9333"))
                .contains(id);

        replace(List.of("seaweedfs"));

        assertThat(platform.api().get("/tasks/%s/result".formatted(id)).path("rows"))
                .as("once it is well again")
                .hasSize(3000);
    }

    /** Its parts share the loopback; the administration of S3 cannot be kept there, nor switched off. */
    @Test
    void theObjectStorageIsReachedByS3AndItsAdministrationAlone() throws Exception {
        String sockets = platform.compose(SHORT, "exec", "-T", "seaweedfs", "cat", "/proc/net/tcp", "/proc/net/tcp6");

        assertThat(sockets.lines()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(socket -> socket[3].equals(LISTENING)
                                && !LOOPBACK.matcher(socket[1]).matches())
                        .map(socket ->
                                HexFormat.fromHexDigits(socket[1], socket[1].indexOf(':') + 1, socket[1].length())))
                .containsExactlyInAnyOrder(8333, 18333);
    }

    /** One container after the other goes, while requests come in, pages are opened, tasks and functions run and a session goes on. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void everyServiceIsReplacedWithoutAnyoneNoticing() throws Exception {
        List<String> services = List.of(
                "api-service",
                "bridge-0",
                "bridge-1",
                "instant-worker",
                "queued-worker",
                "custom-code-runner",
                "orchestrator",
                "web-ui");
        Set<String> before = containersOf(services);
        Api api = platform.api();
        api.post("/queues", "{\"name\": \"%s\"}".formatted(Load.QUEUE));

        try (var session = DatabaseSession.open(platform, directory);
                var load = new Load(api)) {
            load.start(
                    () -> assertThat(api.post("/functions/add:run", "{\"input\": {\"a\": 1, \"b\": 2}}")
                                    .path("result")
                                    .asInt())
                            .isEqualTo(3),
                    () -> assertThat(platform.page(api.client(), "/tasks").statusCode())
                            .isEqualTo(200));
            replace(services);
            load.stop();

            load.assertThatNobodyNoticed();
            session.assertThatItWentOn(500);
        }
        assertThat(containersOf(services)).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    }

    private static void replace(List<String> services) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Checkout.file("deploy/compose/replace").toString()));
        command.addAll(services);
        platform.shell().run(LONG, command);
    }

    private static Set<String> containersOf(List<String> services) throws Exception {
        Set<String> containers = new HashSet<>();
        for (String service : services) {
            containers.addAll(platform.containers(service));
        }
        return containers;
    }

    /** The last one: nothing answers after it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyProgramEndsWithZeroWhenStopped() throws Exception {
        platform.compose(LONG, "stop");

        for (String service :
                platform.compose(SHORT, "config", "--services").lines().toList()) {
            for (String container : platform.containers(service)) {
                assertThat(platform.docker("inspect", "--format", "{{.State.ExitCode}}", container))
                        .as(service)
                        .isIn(service.equals("kafka") ? List.of("0", "143") : List.of("0"));
            }
        }
    }
}
