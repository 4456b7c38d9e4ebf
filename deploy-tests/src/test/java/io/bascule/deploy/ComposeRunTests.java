package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
 * Builds the images, starts the Compose file and does what README tells a newcomer to do. Needs an engine ({@code
 * DOCKER_HOST} or the usual socket), psql, the ports 5000, 8443 and 8444, and the modules' jars: {@code ./mvnw
 * -Pcontainers verify}. What it starts has a project name of its own and is deleted with its volumes.
 */
@Tag("containers")
@Timeout(3000)
@TestMethodOrder(OrderAnnotation.class)
class ComposeRunTests {

    private static final Duration LONG = Duration.ofMinutes(40);
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final String PORT = System.getenv().getOrDefault("BASCULE_PORT", "5000");
    private static final String URL = "http://127.0.0.1:" + PORT;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path person;

    private static Shell shell;

    @BeforeAll
    static void startAndSignIn() throws Exception {
        shell = new Shell(Map.of("HOME", person.toString(), "BASCULE_PORT", PORT, "COMPOSE_HTTP_TIMEOUT", "600"));
        compose(LONG, "build");
        compose(LONG, "up", "--detach");
        String password = compose(SHORT, "exec", "-T", "api-service", "cat", "/run/owner/owner.password");
        shell.run(SHORT, password, bascule("login", URL, "--user", "owner", "--password-stdin"));
    }

    @AfterAll
    static void remove() throws Exception {
        compose(LONG, "down", "--volumes", "--timeout", "30");
    }

    private static String compose(Duration atMost, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                isInstalled("docker-compose") ? List.of("docker-compose") : List.of("docker", "compose"));
        command.addAll(List.of("--project-name", "bascule-test", "--profile", "agents"));
        command.addAll(List.of(arguments));
        return shell.run(atMost, command);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static List<String> bascule(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Checkout.file("cli/target/cli-0.1.0-SNAPSHOT.jar").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static JsonNode submit(String type, String input, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(bascule("task", "submit", type, "--input", input, "--wait", "60", "-o", "json"));
        command.addAll(List.of(more));
        return JSON.readTree(shell.run(SHORT, command));
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
        String rows = shell.run(
                SHORT,
                bascule(
                        "tcp",
                        "postgres",
                        "--exec",
                        "psql postgresql://demo:demo@{host}:{port}/demo -c \"select * from bridges\""));

        assertThat(rows).contains("Tower Bridge", "Erasmusbrug");
    }

    @Test
    void aFunctionRunsConfinedWithoutPrivileges() throws Exception {
        String token = JSON.readTree(
                        person.resolve(".config/bascule/login.json").toFile())
                .path("token")
                .asText();
        Api api = new Api(URL + "/api/v1", token);
        api.post("/functions", "{\"name\": \"add\", \"source\": \"const handler = ({ a, b }) => a + b;\"}");

        JsonNode task = api.post("/functions/add:run", "{\"input\": {\"a\": 2, \"b\": 40}}");

        assertThat(task.path("result").asInt()).isEqualTo(42);
        assertThat(compose(SHORT, "logs", "custom-code-runner")).contains("Functions run confined");
    }

    /** The last one: nothing answers after it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void everyProgramOfOursEndsWithZeroWhenStopped() throws Exception {
        compose(LONG, "stop");

        for (String service : compose(SHORT, "config", "--services").lines().toList()) {
            for (String id :
                    compose(SHORT, "ps", "--all", "--quiet", service).lines().toList()) {
                String exit = shell.run(SHORT, List.of("docker", "inspect", "--format", "{{.State.ExitCode}}", id));
                assertThat(exit.strip()).as(service).isIn(service.equals("kafka") ? List.of("0", "143") : List.of("0"));
            }
        }
    }
}
