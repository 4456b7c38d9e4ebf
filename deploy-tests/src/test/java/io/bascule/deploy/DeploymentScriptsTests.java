package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code deploy/tests} before a kubectl that answers as a cluster would: what they take for kept and for broken. */
@Timeout(180)
class DeploymentScriptsTests {

    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private HttpServer door;
    private volatile int answer = 200;

    @BeforeEach
    void open() throws Exception {
        for (String program : List.of("bash", "curl")) {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(":", -1))
                            .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
                    program + " is on the PATH");
        }
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        door.start();
    }

    @AfterEach
    void close() {
        if (door != null) {
            door.stop(0);
        }
    }

    /** A program that answers by its arguments: the branches of a shell's choice. */
    private void program(String name, String cases) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/bash\ncd '%s'\ncase \"$*\" in\n%s\nesac\n".formatted(folder, cases));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String run(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("deploy/tests/" + script));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        environment.put("NO_PROXY", "*");
        environment.put("no_proxy", "*"); // Which counts for more.
        environment.put("LIMIT", "60");
        return new Shell(environment).run(SOON, command);
    }

    private String url() {
        return "http://127.0.0.1:" + door.getAddress().getPort();
    }

    private void hey(int good, String slowest) throws Exception {
        program("hey", """
                *) cat <<'END'
                Summary:
                  Requests/sec:	812.1
                Latency distribution:
                  50%% in 0.0400 secs
                  95%% in %s secs
                  99%% in 0.9 secs
                Status code distribution:
                  [200]	%d responses
                  [503]	%d responses
                END
                esac; case - in x) ;;""".formatted(slowest, good, 10_000 - good));
        program("kubectl", "*) echo api-service 2 ;;");
    }

    @Test
    void aLoadThatIsAnsweredInTimeIsTaken() throws Exception {
        hey(9_950, "0.4800");

        assertThat(run("load", url())).contains("95% in 0.4800 secs", "[200]");
    }

    @Test
    void aLoadWithOneFailureInAHundredOrSlowAnswersIsNot() throws Exception {
        hey(9_800, "0.4800");
        assertThatThrownBy(() -> run("load", url())).hasMessageContaining("9800 of 10000 requests succeeded");

        hey(10_000, "0.5100");
        assertThatThrownBy(() -> run("load", url())).hasMessageContaining("longer than 500 ms");
    }

    private void clusterThatReplacesAPod() throws Exception {
        program("kubectl", """
                *readyReplicas*) echo 2 ;;
                *Running*) printf 'a\\nb\\n' ;;
                *"delete pod a"*) : ;;
                *containerStatuses*) printf 'a \\nb \\nc \\n' ;;
                *"wait --for=delete pod/a"*) : ;;
                *) echo "not expected: $*" >&2; exit 1 ;;""");
    }

    @Test
    void aPodThatIsDeletedUnnoticedIsTaken() throws Exception {
        clusterThatReplacesAPod();

        assertThat(run("delete-a-pod", url())).contains("a new pod was ready after", " requests, 0 of them failed");
    }

    @Test
    void oneAnswerWith503WhileAPodGoesIsNot() throws Exception {
        clusterThatReplacesAPod();
        answer = 503;

        assertThatThrownBy(() -> run("delete-a-pod", url())).hasMessageContaining("requests failed:");
    }

    private void clusterThatStartsWithin(int seconds) throws Exception {
        program("kubectl", """
                *Running*) printf 'a\\nb\\n' ;;
                *"delete pod a"*) : ;;
                *"condition=Ready pod/c"*) : ;;
                *creationTimestamp*) echo 2026-11-22T10:00:00Z ;;
                *lastTransitionTime*) date --utc --date "2026-11-22T10:00:00Z + %d seconds" +%%FT%%TZ ;;
                *"get pods"*) printf 'b\\nc\\n' ;;
                *) echo "not expected: $*" >&2; exit 1 ;;""".formatted(seconds));
    }

    @Test
    void aStartWithinAMinuteIsTakenAndALongerOneIsNot() throws Exception {
        clusterThatStartsWithin(60);
        assertThat(run("cold-start")).contains("c was ready after 60 s");

        clusterThatStartsWithin(61);
        assertThatThrownBy(() -> run("cold-start")).hasMessageContaining("c took 61 s (expected: at most 60)");
    }

    /** Answered so far: nothing at first, then this. */
    private void clusterOfTwo(int first, int second) throws Exception {
        Files.deleteIfExists(folder.resolve("asked-a"));
        Files.deleteIfExists(folder.resolve("asked-b"));
        program("kubectl", """
                *"scale deployment"*|*"rollout status"*) : ;;
                *Running*) printf 'a\\nb\\n' ;;
                *pods/a:5000*) if [ -e asked-a ]; then n=%d; else n=0; touch asked-a; fi
                  echo "http_requests_total{endpoint=\\"/api/v1/openapi.json\\"} $n" ;;
                *pods/b:5000*) if [ -e asked-b ]; then n=%d; else n=0; touch asked-b; fi
                  echo "http_requests_total{endpoint=\\"/api/v1/openapi.json\\"} $n" ;;
                *) echo "not expected: $*" >&2; exit 1 ;;""".formatted(first, second));
    }

    @Test
    void podsThatShareTheRequestsAreTakenAndOneThatGetsFewIsNot() throws Exception {
        clusterOfTwo(480, 520);
        assertThat(run("scale-by-hand", url(), "2")).contains("a answered 480", "b answered 520");

        clusterOfTwo(900, 100);
        assertThatThrownBy(() -> run("scale-by-hand", url(), "2"))
                .hasMessageContaining("b answered 100 (expected: at least 250)");
    }
}
