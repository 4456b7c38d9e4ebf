package io.bascule.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bridges of the running platform are stopped and killed under the connections of {@code bascule tcp}. Nobody at either
 * side may notice more than a pause. There is no {@code sshd} to count on: who types does so to an echo.
 */
@Timeout(900)
class TunnelsOutliveBridgesTests {

    private static final boolean SOAK = Boolean.getBoolean("bascule.soak");
    private static final long COPY = SOAK ? 1L << 30 : 64L << 20;
    private static final long BYTES_PER_SECOND = SOAK ? 1L << 30 : 6L << 20;
    private static final int ROUNDS = SOAK ? 6 : 1;

    private static final String PARTS_NOT_NEEDED = "code-runner,instant-worker,queued-worker,orchestrator";
    private static final List<String> CONTROL_PLANE = List.of("api-service", "kafka", "redis", "postgres");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long MOVED_BYTES = 4L << 20;

    /** Far above the targets, whose figures are printed, for a machine that does other things too. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(20);

    @TempDir
    private static Path person;

    private static Platform platform;
    private static Bridges bridges;
    private static CommandLine shell;
    private static TestDatabase database;
    private static ServerSocketChannel copyTarget;
    private static ServerSocketChannel echoTarget;
    private static Process secondAgent;
    private static Process tunnels;
    private static Output said;

    @BeforeAll
    static void reachThreeResourcesByTunnels() throws Exception {
        Path home = Checkout.root().resolve("system-tests/target/outlive-bridges");
        platform = Platform.start(home, PortRange.free(), "--ephemeral", "--without", PARTS_NOT_NEEDED);
        database = TestDatabase.create();
        execute(Questions.TABLE);
        platform.awaitReady();
        bridges = new Bridges(platform);
        shell = new CommandLine(person);
        shell.runPrinted(platform.commands().getFirst()).succeeded();
        secondAgent = startASecondInstanceOfTheAgent();
        copyTarget = Passage.target();
        echoTarget = Passage.target();
        resource(
                "database",
                URI.create(database.url().substring("jdbc:".length())).getPort());
        resource("copy", copyTarget.socket().getLocalPort());
        resource("echo", echoTarget.socket().getLocalPort());
        tunnels = shell.start("tcp", "database", "copy", "echo");
        said = Output.of(tunnels.getErrorStream());
        said.await(line -> line.startsWith("echo is reachable at"), SOON);
    }

    /** A move has to find the instance that carries the tunnel; the other one may not dial anything. */
    private static Process startASecondInstanceOfTheAgent() throws Exception {
        String token = shell.run("agent", "token", "demo", "-o", "json")
                .json()
                .path("token")
                .asString();
        String state = person.resolve("second-agent").toString();
        Process instance = shell.start(
                "agent", "run", "--api", platform.printed("URL"), "--join-token", token, "--state-dir", state);
        Output.of(instance.getInputStream());
        Output.of(instance.getErrorStream());
        Bridges.NAMES.forEach(bridges::awaitTunnelsMayCome);
        return instance;
    }

    private static void resource(String name, int port) throws Exception {
        shell.run(
                        "resource",
                        "create",
                        name,
                        "--kind",
                        "tcp",
                        "--agent",
                        "demo",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port))
                .succeeded();
    }

    @AfterAll
    static void stop() throws Exception {
        try (Platform ending = platform;
                ServerSocketChannel _ = copyTarget;
                ServerSocketChannel _ = echoTarget) {
            for (Process process : List.of(tunnels, secondAgent)) {
                process.destroy();
                process.waitFor();
            }
            ending.thawLauncher();
            ending.terminate();
        }
    }

    @Test
    void aSessionACopyAndEchoesOutliveEveryBridgeWithTheControlPlaneAndWithoutIt() throws Exception {
        try (Programs programs = Programs.start(ends(), COPY, BYTES_PER_SECOND)) {
            programs.awaitProgress();
            String bridge = bridges.busiest();
            for (int round = 0; round < ROUNDS; round++) {
                bridge = end(bridge, "TERM", programs);
                bridge = end(bridge, "KILL", programs);
                bridge = endWithoutTheControlPlane(bridge, "TERM", programs);
                bridge = endWithoutTheControlPlane(bridge, "KILL", programs);
            }

            long answered = programs.finish();

            assertThat(rowsAndSessions()).isEqualTo(answered + " rows of 1 session");
            assertThat(said.text().lines()).noneMatch(line -> line.startsWith("error"));
            echoTarget.configureBlocking(false);
            assertThat(echoTarget.accept())
                    .as("a target that was dialled again")
                    .isNull();
        }
    }

    /** Ends the process of a bridge; then all tunnels are on the other one, which is returned, and carry on. */
    private static String end(String bridge, String signal, Programs programs) {
        String other = Bridges.other(bridge);
        bridges.awaitTunnelsMayCome(other);
        double bytesBefore = bridges.bytes(other);
        long pid = platform.pidOf(bridge);
        long begin = System.nanoTime();

        Signals.send(pid, signal);
        Signals.awaitEnd(pid);
        programs.awaitProgress();

        Await.until(() -> bridges.bytes(other) > bytesBefore + MOVED_BYTES);
        assertThat(bridges.tunnels(other)).isEqualTo(Programs.TUNNELS);
        List<Long> stalls = programs.stallsSince(begin);
        System.out.printf(
                Locale.ROOT,
                "SIG%s to %s: longest echo of each who types, in ms: %s; %.0f MiB over %s since%n",
                signal,
                bridge,
                stalls,
                (bridges.bytes(other) - bytesBefore) / (1 << 20),
                other);
        assertThat(stalls.getLast()).isLessThan(LONGEST_STALL.toMillis());
        return other;
    }

    /** The same while API, Kafka, Redis and PostgreSQL are stopped; afterwards all is started again. */
    private static String endWithoutTheControlPlane(String bridge, String signal, Programs programs) throws Exception {
        String other;
        Bridges.NAMES.forEach(bridges::awaitTunnelsMayCome);
        List<Long> pids = CONTROL_PLANE.stream().map(platform::pidOf).toList();
        platform.freezeLauncher();
        try {
            for (int n = 0; n < pids.size(); n++) {
                // A JVM ignores INT where its parent did; PostgreSQL waits for its sessions after TERM.
                Signals.send(pids.get(n), CONTROL_PLANE.get(n).equals("postgres") ? "INT" : "TERM");
            }
            pids.forEach(Signals::awaitEnd);
            assertThat(CONTROL_PLANE).allMatch(part -> PortRange.isFree(platform.portOf(part)));
            System.out.println("stopped: " + CONTROL_PLANE);

            other = end(bridge, signal, programs);
            programs.awaitProgress();

            assertThat(shell.run("ls").exitCode()).isNotZero();
        } finally {
            platform.thawLauncher();
        }
        Await.until(TunnelsOutliveBridgesTests::canSignIn);
        Bridges.NAMES.forEach(bridges::awaitTunnelsMayCome);
        programs.awaitProgress();
        return other;
    }

    private static boolean canSignIn() {
        try {
            return shell.run("ls").exitCode() == 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Programs.Ends ends() {
        String name = database.url().replaceAll(".*/([^?]+).*", "$1");
        return new Programs.Ends(portOf("database"), name, portOf("copy"), copyTarget, portOf("echo"), echoTarget);
    }

    private static int portOf(String resource) {
        return said.text()
                .lines()
                .flatMap(line -> Pattern.compile("^%s is reachable at .*:([0-9]+)$".formatted(resource))
                        .matcher(line)
                        .results())
                .map(match -> Integer.parseInt(match.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static String rowsAndSessions() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select count(*) || ' rows of ' || count(distinct session) || ' session' from answered")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(String statement) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }
}
