package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Functions from directories. */
class BundleTests {

    private FakeApi api;
    private Terminal terminal;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        terminal = new Terminal(directory.resolve("person"));
        terminal.signIn();
        api = terminal.api();
        api.answers("GET /functions/shop", 404, "{\"detail\": \"none\"}");
        api.answers("POST /functions", 201, "{\"name\": \"shop\", \"latestVersion\": 1}");
    }

    @AfterEach
    void stop() {
        terminal.close();
    }

    @ParameterizedTest
    @CsvSource({"javascript,index.js,lib/greeting.js", "python,main.py,greeting.py"})
    void aDirectoryThatWasBegunIsDeployedUnderItsName(String runtime, String main, String second) throws Exception {
        Path shop = directory.resolve("shop");
        assertThat(terminal.run("fn", "init", shop.toString(), "--runtime", runtime))
                .isZero();

        assertThat(terminal.run("fn", "deploy", shop.toString()))
                .as(terminal.err())
                .isZero();

        assertThat(sent().path("name").asString()).isEqualTo("shop");
        assertThat(sent().path("runtime").asString()).isEqualTo(runtime);
        assertThat(sent().has("source")).isFalse();
        assertThat(bundle()).containsKeys(main, second);
        assertThat(terminal.run("fn", "init", shop.toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("there already");
    }

    @Test
    void whatToolsPutThereStaysThere() throws Exception {
        Path shop = Files.createDirectories(directory.resolve("shop"));
        for (String file :
                new String[] {"a.js", "lib/b.js", ".env", ".git/x", "node_modules/c/i.js", "lib/__pycache__/d"}) {
            Files.createDirectories(shop.resolve(file).getParent());
            Files.writeString(shop.resolve(file), file);
        }

        assertThat(terminal.run("fn", "deploy", "shop", shop.toString(), "--main", "a.js"))
                .isZero();

        assertThat(bundle()).isEqualTo(Map.of("a.js", "a.js", "lib/b.js", "lib/b.js"));
        assertThat(sent().path("main").asString()).isEqualTo("a.js");
        String first = sent().path("bundle").asString();
        terminal.run("fn", "deploy", "shop", shop.toString(), "--main", "a.js");
        assertThat(sent().path("bundle").asString()).as("the same files").isEqualTo(first);
    }

    @Test
    void whatCannotBePackedIsSaidAndNothingIsSent() throws Exception {
        Path shop = Files.createDirectories(directory.resolve("shop"));
        Files.createSymbolicLink(shop.resolve("link.js"), directory.resolve("secret"));
        assertThat(terminal.run("fn", "deploy", shop.toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("link.js: it is a link");

        Files.delete(shop.resolve("link.js"));
        Files.write(shop.resolve("large"), new byte[9 * 1024 * 1024]);
        assertThat(terminal.run("fn", "deploy", shop.toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("more than 8388608 bytes");

        assertThat(terminal.run(
                        "fn", "deploy", "shop", directory.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(terminal.run("fn", "deploy", shop.resolve("large").toString()))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("fn deploy NAME FILE");
        assertThat(terminal.run("fn", "deploy", "shop", shop.resolve("large").toString(), "--main", "a.js"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--main names a file of a directory");
    }

    @Test
    void theFilesInWhichVersionsDifferAreListed() {
        api.answers("GET /functions/shop/versions/3/changes?since=1", 200, """
                {"since": 1, "version": 3, "files": [{"path": "lib/a.js", "kind": "removed"}], "settings": ["memoryMib"]}""");

        assertThat(terminal.run("fn", "diff", "shop", "3", "--since", "1"))
                .as(terminal.err())
                .isZero();

        assertThat(terminal.out()).contains("lib/a.js").contains("removed");
        assertThat(terminal.err()).contains("changed: memoryMib");
    }

    private JsonNode sent() {
        return JsonMapper.shared().readTree(api.last().body());
    }

    private Map<String, String> bundle() throws IOException {
        byte[] archive = Base64.getDecoder().decode(sent().path("bundle").asString());
        Map<String, String> files = new TreeMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
