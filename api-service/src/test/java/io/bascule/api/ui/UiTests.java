package io.bascule.api.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.api.Answer;
import io.bascule.api.ApiClient;
import io.bascule.api.OwnApi;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UiTests {

    @TempDir
    private static Path directory;

    private static OwnApi own;
    private static ApiClient browser;

    @BeforeAll
    static void start() throws IOException {
        Path ui = Files.createDirectories(directory.resolve("dist"));
        Files.writeString(ui.resolve("index.html"), "<!doctype html><title>Bascule</title>");
        Files.createDirectories(ui.resolve("console"));
        Files.writeString(ui.resolve("console/index.html"), "<!doctype html><title>Bascule Console</title>");
        Files.createDirectories(ui.resolve("assets"));
        Files.writeString(ui.resolve("assets/ui-4f3a.js"), "export {};");
        Files.writeString(directory.resolve("secret.txt"), "not for the web");
        own = OwnApi.start(TestDatabase.create(), TestRedis.shared(), "--bascule.ui.directory=" + ui);
        browser = own.api().anonymous().with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/resources", "/tasks/0197?state=running", "/consoles"})
    void everyPageOfTheAppIsItsFirstFile(String path) {
        Answer answer = browser.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<title>Bascule</title>");
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/index.html", "/console/queues?dialog=create"})
    void everyPageOfTheConsoleIsItsOwnDocument(String path) {
        Answer answer = browser.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<title>Bascule Console</title>");
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "HEAD, /", "GET, /resources", "HEAD, /resources", "GET, /assets/ui-4f3a.js"})
    void nothingRunsButTheBuildsOwnFiles(String method, String path) {
        Answer answer = browser.send(method, path, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void assetsAreKeptForGood() {
        Answer answer = browser.get("/assets/ui-4f3a.js");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
        assertThat(answer.header("Content-Type")).contains("javascript");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/gone-1b2c.js", "/internal/nothing"})
    void whatIsNoPageIsAProblem(String path) {
        Answer answer = browser.get(path);

        assertThat(answer.status()).isIn(401, 404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void anUnknownApiAddressStaysAProblemEvenForABrowser() {
        Answer answer = own.api().owner().with("Accept", "text/html").get("/api/v1/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
    }

    @Test
    void aProgramThatAsksForAMissingFileGetsNoPage() {
        assertThat(own.api()
                        .anonymous()
                        .with("Accept", "application/json")
                        .get("/config.json")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"})
    void nothingOutsideTheFolderIsServed(String path) {
        assertThat(browser.get(path).text()).doesNotContain("not for the web");
    }

    @Test
    void aFolderWithoutAPageStopsTheStart() {
        assertThatThrownBy(() ->
                        OwnApi.start(TestDatabase.create(), TestRedis.shared(), "--bascule.ui.directory=" + directory))
                .hasStackTraceContaining("bascule.ui.directory has no index.html");
    }
}
