package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasculeTests {

    @TempDir
    private Path home;

    private Terminal terminal;
    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        terminal = new Terminal(home);
        api = terminal.api();
    }

    @AfterEach
    void stop() {
        terminal.close();
    }

    @Test
    void signingInKeepsATokenThatNobodyElseCanRead() throws IOException {
        signInIsPossible();

        assertThat(terminal.runWith("the password\n", "login", api.url() + "/", "--user", "ada", "--password-stdin"))
                .isZero();

        assertThat(api.lines()).containsExactly("POST /session", "GET /session", "POST /tokens", "DELETE /session");
        assertThat(api.asked("POST /session").body()).contains("\"the password\"");
        assertThat(api.asked("POST /tokens").header("X-xsrf-token")).contains("forgery");
        Path file = home.resolve("bascule/login.json");
        assertThat(file).content().contains("bsc_pat_secret").doesNotContain("the password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .startsWith("Signed in to " + api.url() + " as ada")
                .doesNotContain("bsc_pat_secret");
    }

    @Test
    void laterCommandsUseTheTokenAndSigningOutRevokesIt() {
        signInIsPossible();
        terminal.runWith("the password\n", "login", api.url(), "--user", "ada", "--password-stdin");
        api.answers("DELETE /tokens/t1", 204, "");

        assertThat(terminal.run("whoami")).isZero();
        assertThat(api.last().header("Authorization")).contains("Bearer bsc_pat_secret");

        assertThat(terminal.run("logout")).isZero();
        assertThat(api.last().line()).isEqualTo("DELETE /tokens/t1");
        assertThat(terminal.run("whoami")).isEqualTo(3);
        assertThat(terminal.err()).contains("error: Not signed in: run `bascule login URL`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "proxy", "psql"})
    void aKindOfLegThatThereIsNotEndsInOneLineAtTheStart(String command) {
        terminal.signIn();
        terminal.environment().put("BASCULE_TUNNEL_LEG", "fast");

        assertThat(command.equals("proxy") ? terminal.run(command) : terminal.run(command, "db"))
                .isEqualTo(2);

        assertThat(terminal.err()).isEqualTo("error: BASCULE_TUNNEL_LEG: fast (expected: auto, grpc or raw)\n");
        assertThat(api.lines()).isEmpty();
    }

    @Test
    void aTokenIsNotSentToAnotherAddress() {
        signInIsPossible();
        terminal.runWith("the password\n", "login", api.url(), "--user", "ada", "--password-stdin");
        terminal.environment().put("BASCULE_URL", "http://127.0.0.1:1");

        assertThat(terminal.run("whoami")).isEqualTo(3);
        assertThat(terminal.err()).contains("BASCULE_URL is http://127.0.0.1:1 but the login is for " + api.url());
    }

    @ParameterizedTest
    @CsvSource({"401,3", "403,3", "404,4", "409,5", "412,5", "422,1", "500,1"})
    void aRefusalIsALineAndAnExitCode(int status, int exitCode) {
        terminal.signIn();
        api.answers("GET /tasks/t1", status, """
                {"title": "No", "detail": "The task is odd", "code": "odd-task", "traceId": "abc",
                 "errors": [{"pointer": "/input", "detail": "too odd"}]}""");

        assertThat(terminal.run("task", "get", "t1")).isEqualTo(exitCode);

        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .isEqualToNormalizingNewlines("error: The task is odd\n  /input: too odd (odd-task, trace id abc)\n");
    }

    @Test
    void aQueuesLimitIsChangedFromTheStateThatWasRead() {
        terminal.signIn();
        api.answers("GET /queues/mail", 200, "{\"name\": \"mail\"}", Map.of("ETag", "\"4\""));
        api.answers("PUT /queues/mail", 200, "{\"name\": \"mail\", \"concurrencyLimit\": 3}");

        assertThat(terminal.run("queue", "set", "mail", "--concurrency", "3")).isZero();

        assertThat(api.last().header("If-match")).contains("\"4\"");
        assertThat(api.last().body()).isEqualTo("{\"concurrencyLimit\":3}");
    }

    @Test
    void aPurgeIsRepeatedUntilNothingIsLeft() {
        terminal.signIn();
        api.answers("POST /queues/mail:purge", 200, "{\"purged\": 7, \"more\": false}");

        assertThat(terminal.run("queue", "purge", "mail")).isZero();
        assertThat(terminal.err()).contains("Cancelled 7 tasks of mail");

        assertThat(terminal.run("queue", "rm", "nowhere")).isEqualTo(4);
    }

    @Test
    void aFunctionIsMadeByItsFirstDeploymentAndGetsVersionsByLaterOnes(@TempDir Path directory) throws IOException {
        terminal.signIn();
        Path file = Files.writeString(directory.resolve("add.py"), "def handler(input): return 1");
        api.answers("GET /functions/add", 404, "{\"detail\": \"none\"}");
        api.answers("POST /functions", 201, "{\"name\": \"add\", \"latestVersion\": 1}");

        assertThat(terminal.run("fn", "deploy", "add", file.toString(), "--egress", "example.com"))
                .isZero();

        assertThat(api.last().body())
                .isEqualTo("{\"egress\":[\"example.com\"],\"name\":\"add\",\"runtime\":\"python\","
                        + "\"source\":\"def handler(input): return 1\"}");
        api.answers("GET /functions/add", 200, "{}");
        api.answers("POST /functions/add/versions", 201, "{\"name\": \"add\", \"latestVersion\": 2}");
        assertThat(terminal.run("fn", "deploy", "add", file.toString(), "--memory", "128"))
                .isZero();
        assertThat(api.last().body()).contains("\"memoryMib\":128").doesNotContain("runtime");
        assertThat(terminal.err()).contains("Deployed add, version 2");
    }

    @Test
    void aFunctionsResultIsWhatRunningItPrints() {
        terminal.signIn();
        api.answers("POST /functions/add:run", 200, "{\"state\": \"succeeded\", \"result\": {\"sum\": 42}}");

        assertThat(terminal.run("-o", "jsonl", "fn", "run", "add", "--input", "{\"a\": 2}"))
                .isZero();

        assertThat(terminal.out()).isEqualToNormalizingNewlines("{\"sum\":42}\n");
        api.answers(
                "POST /functions/add:run",
                200,
                "{\"state\": \"failed\", \"error\": {\"code\": \"limit-memory\", \"message\": \"too much\"}}");
        assertThat(terminal.run("fn", "run", "add")).isEqualTo(1);
        assertThat(terminal.err()).contains("limit-memory: too much");
    }

    @Test
    void aServerThatIsAwayIsNamed() {
        terminal.signIn();
        terminal.environment().put("BASCULE_URL", "http://127.0.0.1:1");

        assertThat(terminal.run("ls")).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualToNormalizingNewlines(
                        "error: http://127.0.0.1:1 cannot be reached: is it running, and is the address right?\n");
    }

    @Test
    void whatIsNotBasculeIsSaid() {
        terminal.signIn();
        api.answers("GET /session", 200, "<html>");

        assertThat(terminal.run("whoami")).isEqualTo(1);
        assertThat(terminal.err()).contains("is this the address of Bascule?");
    }

    @Test
    void aWrongCommandIsAUsageError() {
        assertThat(terminal.run("no-such-command")).isEqualTo(2);
        assertThat(terminal.run("task", "submit", "echo", "--input", "{")).isEqualTo(3);
        terminal.signIn();
        assertThat(terminal.run("task", "submit", "echo", "--input", "{")).isEqualTo(2);
        assertThat(terminal.err()).contains("--input is not JSON");
    }

    @Test
    void aListIsReadPageByPageAndShownInColumns() {
        terminal.signIn();
        api.answers("GET /resources?limit=100", 200, """
                {"items": [{"name": "postgres", "kind": "postgres", "agent": {"name": "demo", "state": "online"},
                 "host": "10.0.0.1", "port": 5432}], "next": "more"}""");
        api.answers("GET /resources?cursor=more&limit=100", 200, """
                {"items": [{"name": "db\\u001b[2J", "kind": "tcp"}], "next": null}""");

        assertThat(terminal.run("ls")).isZero();

        assertThat(terminal.out()).isEqualToNormalizingNewlines("""
                NAME      KIND      AGENT  STATE   HOST      PORT  LABELS
                postgres  postgres  demo   online  10.0.0.1  5432
                db?[2J    tcp
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"json | [ {%n  \"name\" : \"a\"%n} ]%n", "jsonl | {\"name\":\"a\"}%n", "yaml | - name: a\n"})
    void scriptsGetTheFormatTheyAskFor(String format, String expected) {
        terminal.signIn();
        api.answers("GET /resources?limit=100", 200, "{\"items\": [{\"name\": \"a\"}], \"next\": null}");

        assertThat(terminal.run("ls", "-o", format)).isZero();

        assertThat(terminal.out()).isEqualToNormalizingWhitespace(expected.formatted());
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void submittingWaitsForTheResult() {
        terminal.signIn();
        api.answers("POST /tasks", 200, "{\"id\": \"t1\", \"state\": \"succeeded\", \"result\": {\"ok\": true}}");

        assertThat(terminal.run("task", "submit", "echo", "--input", "{\"message\": 1}", "--wait", "30"))
                .isZero();

        assertThat(api.last().body()).contains("\"type\":\"echo\"").contains("\"input\":{\"message\":1}");
        assertThat(api.last().header("Prefer")).contains("wait=30");
        assertThat(api.last().header("Idempotency-key")).isPresent();
        assertThat(terminal.out()).isEqualToNormalizingNewlines("id: t1\nstate: succeeded\nresult:\n  ok: true\n");
    }

    @Test
    void aTaskThatIsNotFinishedInTimeIsATimeOut() {
        terminal.signIn();
        api.answers("POST /tasks", 202, "{\"id\": \"t1\", \"state\": \"running\"}");

        assertThat(terminal.run("task", "submit", "echo", "--wait", "1")).isEqualTo(124);
        assertThat(terminal.err()).contains("Not finished after 1 s: bascule task get t1");
    }

    @Test
    void aTaskThatFailedIsAFailure() {
        terminal.signIn();
        api.answers("POST /tasks", 200, "{\"id\": \"t1\", \"state\": \"failed\"}");

        assertThat(terminal.run("task", "submit", "echo", "--wait", "1")).isEqualTo(1);
    }

    @Test
    void theInputCanComeFromAFileOrFromStandardInput() throws IOException {
        terminal.signIn();
        api.answers("POST /tasks", 202, "{\"id\": \"t1\", \"state\": \"waiting\"}");
        Path file = Files.writeString(home.resolve("input.json"), "{\"from\": \"file\"}");

        assertThat(terminal.run("task", "submit", "echo", "--input", "@" + file))
                .isZero();
        assertThat(api.last().body()).contains("\"from\":\"file\"");
        assertThat(terminal.runWith("{\"from\": \"pipe\"}", "task", "submit", "echo", "--input", "-"))
                .isZero();
        assertThat(api.last().body()).contains("\"from\":\"pipe\"");
    }

    @Test
    void deletingAResourceNamesTheVersionThatWasSeen() {
        terminal.signIn();
        api.answers("GET /resources/a%20b", 200, "{\"name\": \"a b\"}", Map.of("ETag", "\"7\""));
        api.answers("DELETE /resources/a%20b", 204, "");

        assertThat(terminal.run("resource", "delete", "a b")).isZero();

        assertThat(api.last().header("If-match")).contains("\"7\"");
    }

    @Test
    void aScheduleIsMadeOfATimeAndATask() {
        terminal.signIn();
        api.answers("POST /schedules", 201, "{\"name\": \"report\", \"nextRunAt\": \"2026-05-04T07:00:00Z\"}");

        assertThat(terminal.run(
                        "schedule",
                        "create",
                        "report",
                        "--cron",
                        "0 9 * * MON-FRI",
                        "--zone",
                        "Europe/Berlin",
                        "--type",
                        "echo",
                        "--input",
                        "{\"message\": 1}",
                        "--queue",
                        "default",
                        "--missed",
                        "once"))
                .isZero();
        assertThat(api.last().body())
                .contains("\"cron\":\"0 9 * * MON-FRI\"", "\"zone\":\"Europe/Berlin\"", "\"name\":\"report\"")
                .contains("\"type\":\"echo\"", "\"input\":{\"message\":1}", "\"queue\":\"default\"")
                .contains("\"missedRuns\":\"once\"");
        assertThat(terminal.out()).contains("nextRunAt: ").contains("2026-05-04T07:00:00Z");

        assertThat(terminal.run("schedule", "create", "report", "--type", "echo"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("Give either --cron");
    }

    @ParameterizedTest
    @CsvSource({"5s,PT5S", "15m,PT15M", "1h30m,PT1H30M", "1d,PT24H", "PT2H,PT2H"})
    void anIntervalIsWrittenAsPeopleDo(String typed, String sent) {
        terminal.signIn();
        api.answers("POST /schedules", 201, "{}");

        assertThat(terminal.run("schedule", "create", "beat", "--every", typed, "--type", "echo"))
                .isZero();
        assertThat(api.last().body()).contains("\"when\":{\"every\":\"%s\"}".formatted(sent));
        assertThat(terminal.run("schedule", "create", "beat", "--every", "often", "--type", "echo"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--every often (expected: such as 30s, 15m, 1h30m or 1d)");
    }

    @Test
    void aScheduleIsPausedRunAndRemovedByItsName() {
        terminal.signIn();
        api.answers("POST /schedules/report:pause", 200, "{\"paused\": true}");
        api.answers("POST /schedules/report:run", 202, "{\"task\": \"t1\"}");
        api.answers("GET /schedules/report", 200, "{\"name\": \"report\"}", Map.of("ETag", "\"7\""));
        api.answers("DELETE /schedules/report", 204, "");

        assertThat(terminal.run("schedule", "pause", "report")).isZero();
        assertThat(terminal.run("schedule", "run", "report")).isZero();
        assertThat(terminal.run("schedule", "rm", "report")).isZero();

        assertThat(api.last().header("If-match")).contains("\"7\"");
        assertThat(terminal.out()).isEqualToNormalizingNewlines("paused: true\ntask: t1\n");
    }

    @Test
    void theSameOptionsHaveTheWordsOfTheirCommand() {
        assertThat(terminal.run("task", "submit", "--help")).isZero();
        assertThat(terminal.out()).contains("The queue to wait in").doesNotContain("The queue the task waits in");

        assertThat(terminal.run("schedule", "create", "--help")).isZero();
        assertThat(terminal.out()).contains("The queue the task waits in");
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(terminal.run("completion")).isZero();

        assertThat(terminal.out()).contains("bascule").contains("submit").contains("jsonl");
    }

    private void signInIsPossible() {
        api.answers("POST /session", 200, "{}");
        api.answers(
                "GET /session",
                200,
                "{\"user\": {\"username\": \"ada\"}}",
                Map.of("Set-Cookie", "XSRF-TOKEN=forgery; Path=/"));
        api.answers("POST /tokens", 201, "{\"id\": \"t1\", \"token\": \"bsc_pat_secret\"}");
        api.answers("DELETE /session", 204, "");
    }
}
