package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AliasCommandTests extends SignedInTest {

    @Test
    void rollingBackNamesTheStateThatWasSeen() {
        api.answers("GET /functions/add/aliases/live", 200, "{\"version\": 4}", Map.of("ETag", "\"9\""));
        api.answers("PUT /functions/add/aliases/live", 200, "{\"version\": 3}");

        assertThat(terminal.run("fn", "alias", "set", "add", "live", "3")).isZero();

        assertThat(api.last().header("If-match")).contains("\"9\"");
        assertThat(api.last().body()).isEqualTo("{\"version\":3}");
        assertThat(terminal.err()).contains("live of add is version 3, was 4");
    }

    @Test
    void whoMovesItMeanwhileWinsAndTheExitCodeSaysSo() {
        api.answers("GET /functions/add/aliases/live", 200, "{\"version\": 4}", Map.of("ETag", "\"9\""));
        api.answers(
                "PUT /functions/add/aliases/live",
                412,
                "{\"code\": \"revision-outdated\", \"detail\": \"read it again\"}");

        assertThat(terminal.run("fn", "alias", "set", "add", "live", "3")).isEqualTo(5);
        assertThat(terminal.err()).contains("read it again");
    }

    @Test
    void anAliasIsMadeListedAndRemoved() {
        api.answers("PUT /functions/add/aliases/staging", 201, "{\"version\": 2}");
        assertThat(terminal.run("fn", "alias", "set", "add", "staging", "2")).isZero();
        assertThat(api.last().header("If-match")).isEmpty();
        assertThat(terminal.err()).contains("staging of add is version 2").doesNotContain("was");

        api.answers("GET /functions/add/aliases?limit=100", 200, """
                {"items": [{"name": "live", "version": 4, "updatedAt": "2026-05-04T07:00:00Z", "updatedBy": "ada"},
                           {"name": "staging", "version": 2, "updatedAt": "2026-05-04T07:00:00Z", "updatedBy": "ada"}],
                 "next": null}""");
        assertThat(terminal.run("fn", "alias", "ls", "add")).isZero();
        assertThat(terminal.out()).contains("ALIAS").containsPattern("staging +2 ");

        api.answers("GET /functions/add/aliases/staging", 200, "{\"version\": 2}", Map.of("ETag", "\"1\""));
        api.answers("DELETE /functions/add/aliases/staging", 204, "");
        assertThat(terminal.run("fn", "alias", "rm", "add", "staging")).isZero();
        assertThat(api.last().header("If-match")).contains("\"1\"");
        assertThat(terminal.run("fn", "alias", "rm", "add", "none")).isEqualTo(4);
        assertThat(terminal.run("fn", "alias", "set", "add", "live", "newest")).isEqualTo(2);
    }

    @Test
    void aDeployCanLeaveLiveWhereItIs() throws IOException {
        Path file = Files.writeString(home.resolve("add.js"), "exports.handler = () => 1;");
        api.answers("GET /functions/add", 200, "{}");
        api.answers("POST /functions/add/versions", 201, "{\"latestVersion\": 5, \"liveVersion\": 4}");

        assertThat(terminal.run("fn", "deploy", "add", file.toString(), "--no-live"))
                .isZero();

        assertThat(api.last().body()).contains("\"live\":false");
        assertThat(terminal.err()).contains("Deployed add, version 5; live is version 4");
        api.answers("GET /functions/add", 404, "{\"detail\": \"none\"}");
        api.answers("POST /functions", 201, "{\"latestVersion\": 1, \"liveVersion\": 1}");
        assertThat(terminal.run("fn", "deploy", "add", file.toString(), "--no-live"))
                .isZero();
        assertThat(api.last().body()).doesNotContain("\"live\"");
        assertThat(terminal.err()).contains("version 1; it is live, since there is no other");
    }

    @Test
    void versionsShowTheirAliasesAndARunNamesOne() {
        api.answers(
                "GET /functions/add/versions?limit=50",
                200,
                "{\"items\": [{\"version\": 2, \"aliases\": [\"live\", \"staging\"]}, {\"version\": 1, \"aliases\": []}]}");
        assertThat(terminal.run("fn", "versions", "add")).isZero();
        assertThat(terminal.out()).containsPattern("2 +live, staging");

        api.answers("POST /functions/add:run", 200, "{\"state\": \"succeeded\", \"result\": 1}");
        assertThat(terminal.run("fn", "run", "add", "--alias", "staging")).isZero();
        assertThat(api.last().body()).contains("\"alias\":\"staging\"").doesNotContain("\"version\"");
    }
}
