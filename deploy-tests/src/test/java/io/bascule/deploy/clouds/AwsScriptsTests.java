package io.bascule.deploy.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.bascule.deploy.Checkout;
import io.bascule.deploy.Shell;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code deploy/aws}, run: those that call AWS with a program in its place that writes down what it is told. */
@Timeout(120)
class AwsScriptsTests {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private static void needs(String... programs) {
        for (String program : programs) {
            boolean there = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
            assumeTrue(there, program + " is on the PATH");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"put-keys", "scale-ecs", "scale-machines", "start-bridge", "start-machine", "upgrade"})
    void everyScriptIsBashAndStopsAtItsFirstError(String script) throws Exception {
        needs("bash");
        new Shell(Map.of()).run(SOON, List.of("bash", "-n", "deploy/aws/" + script));

        assertThat(Checkout.text("deploy/aws/" + script))
                .startsWith("#!/bin/bash\n")
                .contains("\nset -euo pipefail\n");
        assertThat(Checkout.file("deploy/aws/" + script)).isExecutable();
    }

    @Test
    void layKeysWritesEachKeyIntoItsFile() throws Exception {
        Path keys = folder.resolve("keys");
        String withoutRights = Checkout.text("deploy/aws/lay-keys").replaceAll("(?m)^chown .*$", "");
        new Shell(Map.of(
                        "FOLDER", keys.toString(),
                        "SCRATCH", folder.toString(),
                        "IDENTITY", "mine",
                        "MASTER", "master",
                        "TRUSTED", "api-service\n-----BEGIN\na\n-----END\nbridge-service\n-----BEGIN\nb\n-----END"))
                .run(SOON, List.of("sh", "-c", withoutRights));

        assertThat(keys.resolve("identity.pem")).hasContent("mine");
        assertThat(keys.resolve("master.key")).hasContent("master");
        assertThat(keys.resolve("trusted/api-service.pem")).hasContent("-----BEGIN\na\n-----END");
        assertThat(keys.resolve("trusted/bridge-service.pem")).hasContent("-----BEGIN\nb\n-----END");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1.0, true", "0, false", "0.0, false"})
    void aWorkerIsProtectedWhileItIsBusyAndOnlyThen(String busy, boolean protectedNow) throws Exception {
        needs("curl");
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/busy", exchange -> {
            byte[] page = "# TYPE queued_tasks_worker_busy gauge\nqueued_tasks_worker_busy{a=\"b\"} %s\n"
                    .formatted(busy)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.createContext("/task-protection/v1/state", exchange -> {
            asked.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            new Shell(Map.of(
                            "ONCE",
                            "yes",
                            "PATIENCE",
                            "60",
                            "WORKER_PAGE",
                            base + "/busy",
                            "ECS_AGENT_URI",
                            base,
                            "NO_PROXY",
                            "*"))
                    .run(SOON, List.of("deploy/aws/protect-while-busy"));
        } finally {
            server.stop(0);
        }

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst()).startsWith("PUT ").contains("\"ProtectionEnabled\":" + protectedNow);
    }

    @Test
    void aBridgeSaysWhereItIsByItsOwnAddress() throws Exception {
        needs("bash");
        String said = new Shell(Map.of("PATH", withStub("hostname", "echo 10.1.2.3 fe80::1")))
                .run(SOON, List.of("deploy/aws/start-bridge", "env"));

        assertThat(said)
                .contains(
                        "BASCULE_BRIDGE_ID=bridge-10-1-2-3\n",
                        "BASCULE_BRIDGE_ADVERTISEDADDRESS=10.1.2.3:8443\n",
                        "BASCULE_BRIDGE_AUTHORITY=bridge-10-1-2-3.bascule.internal\n");
    }

    @Test
    void aGroupOfMachinesIsGivenEveryNumberOfTheReference() throws Exception {
        needs("bash", "jq");
        List<String> calls = calls(
                List.of("deploy/aws/scale-machines", "api"),
                Map.of("TARGET_GROUP", "targetgroup/api/1", "TOPIC", "arn:topic", "DOLLARS", "500"));

        assertThat(calls).hasSize(12);
        assertThat(String.join("\n", calls))
                .contains(
                        "--min-size 2 --max-size 10 --desired-capacity 3 --health-check-grace-period 300 --default-cooldown 300",
                        "--scheduled-action-name business-hours --recurrence 0 8 * * MON-FRI --min-size 3 --max-size 10 --desired-capacity 5",
                        "--scheduled-action-name night --recurrence 0 22 * * * --min-size 2 --max-size 10 --desired-capacity 2",
                        "--alarm-name api-max-capacity",
                        "--period 300 --evaluation-periods 1 --threshold 9",
                        "--alarm-name api-monthly-charges");
    }

    @Test
    void servicesOfAClusterAreGivenThePoliciesOfTheTemplate() throws Exception {
        needs("bash", "jq");
        List<String> calls = calls(List.of("deploy/aws/scale-ecs", "main"), Map.of());

        assertThat(calls.stream().filter(call -> call.contains("register-scalable-target")))
                .hasSize(6)
                .anyMatch(call -> call.contains("--resource-id service/main/queued-worker")
                        && call.endsWith("--max-capacity 50"));
        assertThat(calls.stream().filter(call -> call.contains("put-scaling-policy")))
                .hasSize(9);
    }

    private List<String> calls(List<String> command, Map<String, String> environment) throws Exception {
        Path calls = folder.resolve("calls");
        var all = new HashMap<>(environment);
        all.put("CALLS", calls.toString());
        all.put(
                "PATH",
                withStub("aws", "echo $(echo \"$*\" | tr '\\n' ' ') | tr -s ' ' >>\"$CALLS\"; echo arn:policy"));
        new Shell(all).run(SOON, command);
        return Files.readAllLines(calls);
    }

    private String withStub(String name, String does) throws Exception {
        Shell.standIn(folder, name, "set -f\n" + does);
        return folder + ":" + System.getenv("PATH");
    }
}
