package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.cli.api.ExitCode;
import org.junit.jupiter.api.Test;

/** Reading what tasks and functions say and return. */
class LogTests extends SignedInTest {

    @Test
    void aLogIsPrintedPageByPageAndCannotSteerTheTerminal() {
        api.answers("GET /tasks/t1/log?limit=1000", 200, """
                {"items": [{"id": "1-1", "attempt": 1, "time": "2026-01-01T00:00:00Z", "level": "info",
                  "text": "one\\u001b[31m"}], "next": "abc"}""");
        api.answers("GET /tasks/t1/log?cursor=abc&limit=1000", 200, """
                {"items": [{"id": "2-1", "attempt": 2, "time": "2026-01-01T00:00:01Z", "level": "error",
                  "text": "two"}], "next": null}""");

        assertThat(terminal.run("task", "logs", "t1")).isZero();
        assertThat(terminal.out()).isEqualToNormalizingNewlines("one[31m\ntwo\n");
        assertThat(terminal.err()).contains("--- attempt 2");
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

        assertThat(terminal.run("task", "logs", "t1", "--follow")).isEqualTo(1);
        assertThat(terminal.out()).isEqualToNormalizingNewlines("one\n");
        assertThat(terminal.err()).contains("The task has failed");
    }

    @Test
    void aStreamThatBreaksIsFollowedFromTheLastLine() {
        api.answers("GET /tasks/t1/log/events", 200, "id:1-1\nevent:line\ndata:{\"text\":\"one\"}\n\n");
        api.then("GET /tasks/t1/log/events", 200, "event:end\ndata:{\"state\":\"succeeded\"}\n\n");

        assertThat(terminal.run("task", "logs", "t1", "-f")).isZero();
        assertThat(api.last().header("Last-event-id")).contains("1-1");
    }

    @Test
    void aStreamThatMayNoLongerBeReadIsNotAskedForAgain() {
        api.answers("GET /tasks/t1/log/events", 200, "id:1-1\nevent:line\ndata:{\"text\":\"one\"}\n\n");
        api.then("GET /tasks/t1/log/events", 401, """
                {"title": "Sign in", "code": "sign-in-required", "detail": "The token was revoked."}""");

        assertThat(terminal.run("task", "logs", "t1", "-f")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(terminal.out()).isEqualToNormalizingNewlines("one\n");
        assertThat(terminal.err()).contains("The token was revoked.");
        assertThat(api.lines()).hasSize(2);
    }

    @Test
    void theLogOfAFunctionIsThatOfItsNewestRun() {
        api.answers("GET /tasks?limit=100&type=code.run", 200, """
                {"items": [{"id": "t9", "input": {"function": "other"}}, {"id": "t8", "input": {"function": "add"}}]}""");
        api.answers("GET /tasks/t8/log?limit=1000", 200, """
                {"items": [{"id": "1-1", "attempt": 1, "text": "adding"}], "next": null}""");

        assertThat(terminal.run("fn", "logs", "add")).isZero();
        assertThat(terminal.out()).isEqualToNormalizingNewlines("adding\n");
        assertThat(terminal.run("fn", "logs", "unknown")).isEqualTo(4);
    }

    @Test
    void aResultIsPrintedAsItIs() {
        api.answers("GET /tasks/t1/result", 200, "{\"rows\":[1,2]}");

        assertThat(terminal.run("task", "result", "t1")).isZero();
        assertThat(terminal.out()).isEqualToNormalizingNewlines("{\"rows\":[1,2]}\n");
    }
}
