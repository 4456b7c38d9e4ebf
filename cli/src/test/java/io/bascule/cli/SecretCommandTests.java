package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandTests extends SignedInTest {

    @Test
    void aNewValueComesFromStandardInputAndIsShownNowhere() {
        api.answers("GET /secrets/DB_PASSWORD", 404, "{\"detail\": \"none\"}");
        api.answers("PUT /secrets/DB_PASSWORD", 201, "{\"name\": \"DB_PASSWORD\", \"version\": 1}");

        assertThat(terminal.runWith("open sesame\n", "secret", "set", "DB_PASSWORD"))
                .isZero();

        assertThat(api.last().body()).isEqualTo("{\"value\":\"open sesame\"}");
        assertThat(api.last().header("If-match")).isEmpty();
        assertThat(terminal.out() + terminal.err())
                .contains("Set DB_PASSWORD, version 1")
                .doesNotContain("sesame");
    }

    @Test
    void aValueInAFileReplacesTheOneThatWasSeen(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("value"), "one\ntwo\n");
        api.answers("GET /secrets/pem", 200, "{\"version\": 4}", Map.of("ETag", "\"4\""));
        api.answers("PUT /secrets/pem", 200, "{\"version\": 5}");

        assertThat(terminal.run("secret", "set", "pem", "--exact", "--file", file.toString()))
                .isZero();

        assertThat(api.last().header("If-match")).contains("\"4\"");
        assertThat(api.last().body()).isEqualTo("{\"value\":\"one\\ntwo\\n\"}");
        assertThat(terminal.run(
                        "secret",
                        "set",
                        "pem",
                        "--file",
                        directory.resolve("other").toString()))
                .isEqualTo(2);
    }

    @Test
    void aValueOnTheCommandLineIsRefused() {
        assertThat(terminal.run("secret", "set", "DB_PASSWORD", "open sesame")).isEqualTo(2);
        assertThat(api.lines()).isEmpty();
    }

    @Test
    void secretsAreListedAndRemoved() {
        api.answers("GET /secrets?limit=100", 200, """
                {"items": [{"name": "DB", "version": 2, "updatedAt": "2026-05-04T07:00:00Z", "updatedBy": "ada"}],
                 "next": null}""");
        api.answers("GET /secrets/DB", 200, "{\"version\": 2}", Map.of("ETag", "\"2\""));
        api.answers("DELETE /secrets/DB", 204, "");
        api.answers("POST /secrets:rotate-key", 200, "{\"secrets\": 1}");

        assertThat(terminal.run("secret", "ls")).isZero();
        assertThat(terminal.run("secret", "rotate-key")).isZero();
        assertThat(terminal.run("secret", "rm", "DB")).isZero();

        assertThat(api.last().header("If-match")).contains("\"2\"");
        assertThat(terminal.out() + terminal.err())
                .contains("DB    2        2026-05-04T07:00:00Z  ada", "1 secrets are under a new key");
    }
}
