package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading what tasks and functions say and return. */
class LogTests {

    @TempDir
    private Path home;

    private FakeApi api;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aLogIsPrintedPageByPageAndCannotSteerTheTerminal() {
        api.answers("GET /tasks/t1/log?limit=1000", 200, """
                {"items": [{"id": "1-1", "attempt": 1, "time": "2026-01-01T00:00:00Z", "level": "info",
                  "text": "one\\u001b[31m"}], "next": "abc"}""");
        api.answers("GET /tasks/t1/log?cursor=abc&limit=1000", 200, """
                {"items": [{"id": "2-1", "attempt": 2, "time": "2026-01-01T00:00:01Z", "level": "error",
                  "text": "two"}], "next": null}""");

        assertThat(run("task", "logs", "t1")).isZero();
        assertThat(out()).isEqualToNormalizingNewlines("one[31m\ntwo\n");
        assertThat(err()).contains("--- attempt 2");
    }

    @Test
    void followingALogEndsWithItsTaskAndTellsHowItDid() {
        api.answers("GET /tasks/t1/log/events", 200, """
                :following

                id:1-1
                event:line
                data:{"id":"1-1","attempt":1,"text":"one"}

                event:end
                data:{"state":"failed"}

                """);

        assertThat(run("task", "logs", "t1", "--follow")).isEqualTo(1);
        assertThat(out()).isEqualToNormalizingNewlines("one\n");
        assertThat(err()).contains("The task has failed");
    }

    @Test
    void aStreamThatBreaksIsFollowedFromTheLastLine() {
        api.answers("GET /tasks/t1/log/events", 200, "id:1-1\nevent:line\ndata:{\"text\":\"one\"}\n\n");
        api.then("GET /tasks/t1/log/events", 200, "event:end\ndata:{\"state\":\"succeeded\"}\n\n");

        assertThat(run("task", "logs", "t1", "-f")).isZero();
        assertThat(api.last().header("Last-event-id")).contains("1-1");
    }

    @Test
    void aStreamThatMayNoLongerBeReadIsNotAskedForAgain() {
        api.answers("GET /tasks/t1/log/events", 200, "id:1-1\nevent:line\ndata:{\"text\":\"one\"}\n\n");
        api.then("GET /tasks/t1/log/events", 401, """
                {"title": "Sign in", "code": "sign-in-required", "detail": "The token was revoked."}""");

        assertThat(run("task", "logs", "t1", "-f")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(out()).isEqualToNormalizingNewlines("one\n");
        assertThat(err()).contains("The token was revoked.");
        assertThat(api.lines()).hasSize(2);
    }

    @Test
    void theLogOfAFunctionIsThatOfItsNewestRun() {
        api.answers("GET /tasks?limit=100&type=code.run", 200, """
                {"items": [{"id": "t9", "input": {"function": "other"}}, {"id": "t8", "input": {"function": "add"}}]}""");
        api.answers("GET /tasks/t8/log?limit=1000", 200, """
                {"items": [{"id": "1-1", "attempt": 1, "text": "adding"}], "next": null}""");

        assertThat(run("fn", "logs", "add")).isZero();
        assertThat(out()).isEqualToNormalizingNewlines("adding\n");
        assertThat(run("fn", "logs", "unknown")).isEqualTo(4);
    }

    @Test
    void aResultIsPrintedAsItIs() {
        api.answers("GET /tasks/t1/result", 200, "{\"rows\":[1,2]}");

        assertThat(run("task", "result", "t1")).isZero();
        assertThat(out()).isEqualToNormalizingNewlines("{\"rows\":[1,2]}\n");
    }

    private int run(String... arguments) {
        Shell shell = new Shell(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(
                        "XDG_CONFIG_HOME",
                        home.toString(),
                        "BASCULE_URL",
                        api.url(),
                        "BASCULE_TOKEN",
                        "bsc_pat_secret"));
        return Bascule.run(shell, arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
