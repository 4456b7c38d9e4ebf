package io.bascule.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.system.CommandLine.Result;
import io.bascule.system.HookReceiver.Hook;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.PackageRegistry;
import io.bascule.testsupport.Scrape;
import io.bascule.testsupport.TestMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Does what the printed block tells a newcomer to do, then ends the platform and looks for what it left. */
@Timeout(600)
class FirstDayTests {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern DEMO_PASSWORD = Pattern.compile("postgresql://demo:([^@]+)@");

    @TempDir
    private static Path person;

    private static PackageRegistry registry;
    private static Platform platform;
    private static CommandLine shell;

    @BeforeAll
    static void startAndSignIn() throws Exception {
        Path home = Checkout.root().resolve("system-tests/target/first-day");
        registry = new PackageRegistry();
        platform = Platform.start(home, PortRange.free(), FunctionDirectories.options(registry))
                .awaitReady();
        shell = new CommandLine(person);
        shell.runPrinted(platform.commands().getFirst()).succeeded();
    }

    @AfterAll
    static void anEndLeavesNothingBehind() throws Exception {
        List<ProcessHandle> processes = platform.processes();
        try (Platform ending = platform;
                var _ = registry) {
            assertThat(processes).hasSizeGreaterThan(7);
            assertThat(ending.terminate()).isZero();
            assertThat(ending.remains(processes)).isEmpty();
        }
    }

    @Test
    void thePrintedCommandsWorkAsPrinted() throws Exception {
        assertThat(platform.commands()).hasSize(3);

        for (String command : platform.commands()) {
            if (command.contains("--exec") || !command.contains("tcp")) {
                Result result = shell.runPrinted(command);
                assertThat(result.exitCode()).as(command + "\n" + result.err()).isZero();
            }
        }
    }

    @Test
    void thePrintedUserIsTheOwner() throws Exception {
        JsonNode session = shell.run("whoami", "-o", "json").json();

        assertThat(session.at("/user/username").asString()).isEqualTo(platform.printed("User"));
        assertThat(session.at("/role").asString()).isEqualTo("owner");
        assertThat(platform.printed("URL")).startsWith("http://127.0.0.1:");
    }

    @Test
    void thePrintedPasswordIsNeeded() throws Exception {
        Result refused = new CommandLine(person.resolve("stranger"))
                .runPrinted("echo wrong | ./bascule login %s --user owner --password-stdin"
                        .formatted(platform.printed("URL")));

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).startsWith("error: ").contains("(wrong-credentials");
    }

    @Test
    void theDemoResourcesAreReachedByAnAgentThatIsOnline() throws Exception {
        JsonNode resources = shell.run("ls", "-o", "json").json();

        assertThat(resources.findValuesAsString("name")).contains("postgres", "http");
        assertThat(resources.findValuesAsString("state")).containsOnly("online");
    }

    @Test
    void aSessionWithTheRealPostgresCrossesABridge() throws Exception {
        double before = bridgeBytes();
        Process tunnel = shell.start("tcp", "postgres");
        try {
            String line = Output.of(tunnel.getErrorStream()).await(said -> said.contains("is reachable at"), SOON);
            int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));

            assertThat(query(port, "select string_agg(name, ',' order by opened) from bridges"))
                    .startsWith("Tower Bridge,")
                    .contains("Erasmusbrug");
            int large = 3_000_000;
            assertThat(query(port, "select repeat('x', %d)".formatted(large))).hasSize(large);
            assertThat(bridgeBytes() - before).isGreaterThan(large);
        } finally {
            tunnel.destroy();
            tunnel.waitFor();
        }
    }

    @Test
    void aResourceIsReachedByItsNameThroughTheProxy() throws Exception {
        Process proxy = shell.start("proxy", "--port", "0");
        try {
            String line = Output.of(proxy.getErrorStream()).await(said -> said.contains("are reachable by name"), SOON);
            int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));

            assertThat(ProxyAnswer.to(port, "http")).contains("200 OK").contains("Hello from behind the agent");
            assertThat(ProxyAnswer.to(port, "no-such-resource")).startsWith("HTTP/1.1 404 ");
        } finally {
            proxy.destroy();
            proxy.waitFor();
        }
    }

    @Test
    void anInstantTaskAnswersWithItsResult() throws Exception {
        Result result = shell.run(
                "task", "submit", "echo", "--input", "{\"message\": \"hello\"}", "--wait", "30", "-o", "json");

        assertThat(result.json().path("state").asString()).isEqualTo("succeeded");
        assertThat(result.json().path("result").asString()).isEqualTo("hello");
    }

    @Test
    void theEndOfATaskReachesAWebhook() throws Exception {
        try (HookReceiver receiver = new HookReceiver()) {
            JsonNode webhook = shell.run("webhook", "create", "first-day", receiver.url(), "-o", "json")
                    .json();
            String secret = webhook.path("secret").asString();
            String task = shell.run("task", "submit", "echo", "--wait", "30", "-o", "json")
                    .json()
                    .path("id")
                    .asString();

            Hook hook = receiver.await(came -> came.body().contains("\"subject\":\"%s\"".formatted(task)), SOON);

            assertThat(hook.body()).contains("\"io.bascule.task.finished\"").contains("\"succeeded\"");
            assertThat(hook.signature()).isEqualTo(hook.expectedSignature(secret));
            assertThat(shell.run("webhook", "show", "first-day").out()).doesNotContain("whsec_");
            shell.run("webhook", "rm", "first-day").succeeded();
        }
    }

    @Test
    void theEndOfATaskReachesItsCallbackThoughNotAtFirst() throws Exception {
        try (HookReceiver receiver = new HookReceiver()) {
            receiver.refuseFirst();
            String secret = shell.run("callback", "rotate", "-o", "json")
                    .json()
                    .path("secret")
                    .asString();
            String task = shell.run("task", "submit", "echo", "--callback", receiver.url(), "-o", "json")
                    .json()
                    .path("id")
                    .asString();

            Hook refused = receiver.await(_ -> true, SOON);
            Hook taken = receiver.await(_ -> true, SOON);

            assertThat(taken.id()).isEqualTo(refused.id());
            assertThat(taken.body()).isEqualTo(refused.body()).contains("\"subject\":\"%s\"".formatted(task));
            assertThat(taken.signature()).isEqualTo(taken.expectedSignature(secret));
            JsonNode callback = delivered(task);
            assertThat(callback.path("deliveries")).hasSize(1);
            assertThat(callback.at("/deliveries/0/attempts").asInt()).isEqualTo(2);
        }
    }

    /** What came of a task's callback, once its receiver's answer is stored. */
    private static JsonNode delivered(String task) throws Exception {
        JsonNode callback = shell.run("callback", "show", task, "-o", "json").json();
        while (!callback.at("/deliveries/0/state").asString().equals("delivered")) {
            callback = shell.run("callback", "show", task, "-o", "json").json();
        }
        return callback;
    }

    @Test
    void aTaskReachesAnApplicationBehindTheAgent() throws Exception {
        Result result = shell.run(
                "task",
                "submit",
                "http.request",
                "--input",
                "{\"resource\": \"http\", \"path\": \"/some/path\"}",
                "--wait",
                "30",
                "-o",
                "json");

        assertThat(result.json().at("/result/status").asInt()).isEqualTo(200);
        assertThat(result.json().at("/result/body").asString())
                .contains("Hello from behind the agent")
                .contains("/some/path");
    }

    @Test
    void aTaskAsksADatabaseBehindTheAgentWithASecretPassword() throws Exception {
        String password = platform.printed(DEMO_PASSWORD);
        var postgres = new SqlTask(shell, "postgres", "demo", "demo", "DEMO_PASSWORD");
        postgres.keep(password, person.resolve("password"));
        double before = bridgeBytes();

        JsonNode task = postgres.ask("select name, repeat('x', 300000) from bridges order by opened limit 1");

        assertThat(task.path("state").asString()).as(task.toString()).isEqualTo("succeeded");
        assertThat(task.at("/result/rows/0/0").asString()).isEqualTo("Tower Bridge");
        assertThat(task.toString()).doesNotContain(password);
        Await.until(() -> bridgeBytes() - before > 300_000);
        assertThat(postgres.ask("delete from bridges").at("/error/code").asString())
                .isEqualTo("sqlstate-25006");
        shell.run("secret", "rm", "DEMO_PASSWORD").succeeded();
        assertThat(postgres.ask("select 1").at("/error/message").asString()).contains("DEMO_PASSWORD");
    }

    @Test
    void aTaskAsksMariaDbBehindTheAgent() throws Exception {
        createResource("shop", "mysql", TestMariaDb.running().port());
        var shop = new SqlTask(shell, "shop", TestMariaDb.DATABASE, TestMariaDb.USER, "SHOP_PASSWORD");
        shop.keep(TestMariaDb.PASSWORD, person.resolve("shop-password"));
        double before = bridgeBytes();

        JsonNode task = shop.ask("select version(), repeat('x', 300000)");

        assertThat(task.path("state").asString()).as(task.toString()).isEqualTo("succeeded");
        assertThat(task.at("/result/rows/0/0").asString()).contains("MariaDB");
        Await.until(() -> bridgeBytes() - before > 300_000);
        assertThat(shop.ask("drop database shop").at("/error/code").asString()).isEqualTo("read-only");
    }

    private static void createResource(String name, String kind, int port) throws Exception {
        shell.runPrinted("./bascule resource create %s --kind %s --agent demo --host 127.0.0.1 --port %d"
                        .formatted(name, kind, port))
                .succeeded();
    }

    @Test
    void aFunctionReachesAnApplicationAndADatabaseBehindTheAgent() throws Exception {
        Path js = Files.writeString(person.resolve("reach.js"), FunctionDirectories.REACHING_JAVASCRIPT);
        Path python = Files.writeString(person.resolve("reach.py"), FunctionDirectories.REACHING_PYTHON);
        for (Path source : List.of(js, python)) {
            double before = bridgeBytes();
            shell.run("fn", "deploy", "reach", source.toString(), "--resource", "http", "--resource", "postgres")
                    .succeeded();

            JsonNode told = shell.run("fn", "run", "reach", "--input", "{\"size\": 7000}", "--wait", "60", "-o", "json")
                    .json();

            assertThat(told.path(0).asInt()).isEqualTo(7001);
            assertThat(told.path(1).asString())
                    .as("PostgreSQL's answer to an SSLRequest")
                    .isIn("N", "S");
            // There and back.
            Await.until(() -> bridgeBytes() - before > 14_000);
            shell.run("fn", "rm", "reach").succeeded();
        }
    }

    @Test
    void aFunctionReachesNoResourceThatItsVersionDoesNotName() throws Exception {
        Path source = Files.writeString(person.resolve("stray.js"), """
                const handler = ({ name }, context) => context.resource(name).fetch('/').then((answer) => answer.status);
                """);
        shell.run("fn", "deploy", "stray", source.toString(), "--resource", "http", "--resource", "nowhere")
                .succeeded();

        Result postgres = shell.run("fn", "run", "stray", "--input", "{\"name\": \"postgres\"}", "--wait", "60");
        Result nowhere = shell.run("fn", "run", "stray", "--input", "{\"name\": \"nowhere\"}", "--wait", "60");

        assertThat(postgres.err()).contains("may not reach the resource postgres", "it has http, nowhere");
        assertThat(nowhere.err()).contains("nowhere");
        assertThat(shell.run("fn", "run", "stray", "--input", "{\"name\": \"http\"}", "--wait", "60")
                        .out())
                .as("control")
                .contains("200");
        shell.run("fn", "rm", "stray").succeeded();
    }

    @Test
    void aDirectoryWithADependencyBecomesAFunction() throws Exception {
        Path js = FunctionDirectories.javaScript(shell, person.resolve("greet-js"), registry);
        Path python = FunctionDirectories.python(shell, person.resolve("greet-python"), registry);
        for (Path directory : List.of(js, python)) {
            String name = String.valueOf(directory.getFileName());
            shell.run("fn", "deploy", directory.toString()).succeeded();
            JsonNode told =
                    shell.run("fn", "run", name, "--wait", "60", "-o", "json").json();
            assertThat(told.path("greeting").asString()).isEqualTo("HELLO, WORLD!");
            shell.run("fn", "rm", name).succeeded();
        }
    }

    @Test
    void badInputIsAnsweredWithWhatToChange() throws Exception {
        assertThat(shell.run("task", "submit", "no.such.type").err()).contains("(unknown-task-type");
        assertThat(shell.run("tcp", "no-such-resource", "--exec", "true").exitCode())
                .isEqualTo(4);
    }

    @Test
    void theAuditLogNamesWhoDidWhat() throws Exception {
        shell.run("task", "submit", "echo", "--wait", "30");
        shell.run("resource", "delete", "no-such-resource");
        createResource("audited", "tcp", 1);

        JsonNode events = shell.run("audit", "--limit", "500", "-o", "json").json();

        assertThat(events.valueStream().map(FirstDayTests::whoDidWhat))
                .contains(
                        "owner session.create allowed",
                        "owner token.create allowed",
                        "owner agent.create allowed",
                        "owner resource.create allowed",
                        "owner task.submit allowed");
        assertThat(events.findValuesAsString("action")).contains("agent.join");
        assertThat(events.valueStream().map(event -> event.path("address").asString("")))
                .contains("127.0.0.1");
    }

    @Test
    void alertsAndDashboardsNameMetricsThatAreThere() throws Exception {
        assertThat(NamedMetrics.ofAlerts()).contains("instant_tasks_jobs_waiting", "http_requests_total");
        assertThat(NamedMetrics.ofDashboards()).contains("bascule_bridge_tunnels", "http_requests_total");
        shell.run("task", "submit", "echo", "--wait", "30").succeeded();

        Set<String> missing = NamedMetrics.ofAlerts();
        missing.addAll(NamedMetrics.ofDashboards());

        // Another pod's lease on the platform-wide series may have to lapse first, and events are folded each second.
        boolean _ = Await.within(SOON, () -> {
            missing.removeAll(scraped());
            return missing.isEmpty();
        });
        assertThat(missing).isEmpty();
    }

    private static Set<String> scraped() {
        Set<String> names = new TreeSet<>();
        for (String part :
                List.of("api-service", "bridge-0", "instant-worker", "queued-worker", "code-runner", "orchestrator")) {
            for (String page : List.of("/prometheus", "/prometheus/queued-tasks", "/api/v2/prometheus")) {
                names.addAll(Scrape.of(platform.portOf(part), page).names());
            }
        }
        return names;
    }

    private static String whoDidWhat(JsonNode event) {
        return "%s %s %s"
                .formatted(
                        event.at("/actor/name").asString(""),
                        event.path("action").asString(""),
                        event.path("outcome").asString(""));
    }

    private static String query(int port, String query) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:%d/demo".formatted(port);
        try (Connection connection = DriverManager.getConnection(url, "demo", platform.printed(DEMO_PASSWORD));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    /** What both bridges say they have forwarded. */
    private static double bridgeBytes() {
        double sum = 0;
        for (String bridge : List.of("bridge-0", "bridge-1")) {
            sum += Scrape.of(platform.portOf(bridge), "/prometheus").sum("bascule_bridge_bytes_total");
        }
        return sum;
    }
}
