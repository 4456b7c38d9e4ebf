package io.bascule.api.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.caller.Role;
import io.bascule.testsupport.TestZip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Versions of several files. */
@ApiTest
class BundleTests {

    private static final String FUNCTIONS = "/api/v1/functions";
    private static final String INDEX = "exports.handler = () => require('./lib/a').one;";

    private final Api api;
    private final String name = "bundle-" + UUID.randomUUID().toString().substring(0, 8);

    private final JdbcFunctions functions;
    private final TransactionTemplate inTransaction;
    private final UUID workspace;

    BundleTests(Api api, JdbcFunctions functions, TransactionTemplate inTransaction, JdbcClient jdbc) {
        this.api = api;
        this.functions = functions;
        this.inTransaction = inTransaction;
        this.workspace = jdbc.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
    }

    @Test
    void aVersionTellsItsFilesAndItsMainFilesText() throws Exception {
        Answer created = create(Map.of("index.js", INDEX, "lib/a.js", "exports.one = 1;"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/version/source")).isEqualTo(INDEX);
        assertThat(created.at("/version/bundle/main")).isEqualTo("index.js");
        assertThat(created.json().at("/version/bundle/files").findValuesAsString("path"))
                .containsExactly("index.js", "lib/a.js");
        assertThat(created.at("/version/bundle/files/1/bytes")).isEqualTo("16");
        assertThat(created.at("/version/bundle/files/1/sha256")).hasSize(64);
        assertThat(api.viewer().get(FUNCTIONS + "/" + name).json()).isEqualTo(created.json());
        Answer listed = api.viewer().get(FUNCTIONS + "/" + name + "/versions");
        assertThat(listed.at("/items/0/bundle/main")).isEqualTo("index.js");
        assertThat(listed.json().at("/items/0/bundle").has("files")).isFalse();
    }

    @Test
    void theMainFileIsTheOneThatIsNamed() throws Exception {
        Map<String, String> files = Map.of("index.js", INDEX, "other.mjs", "export const handler = () => 2;");
        Answer created = api.admin().post(FUNCTIONS, Map.of("name", name, "bundle", zip(files), "main", "other.mjs"));

        assertThat(created.at("/version/bundle/main")).isEqualTo("other.mjs");
        assertThat(created.at("/version/source")).contains("=> 2");
        Answer missing = api.admin().post(versions(), Map.of("bundle", zip(files), "main", "lib/none.js"));
        assertThat(missing.at("/errors/0/pointer")).isEqualTo("/bundle");
        assertThat(missing.at("/errors/0/detail")).contains("lib/none.js").contains("not in the bundle");
        Answer without = api.admin().post(versions(), Map.of("source", INDEX, "main", "index.js"));
        assertThat(without.at("/errors/0/pointer")).isEqualTo("/main");
    }

    @Test
    void aVersionDiffersFromAnotherByItsFilesAndSettings() throws Exception {
        create(Map.of("index.js", INDEX, "lib/a.js", "exports.one = 1;", "lib/b.js", "1"));
        api.admin()
                .post(
                        versions(),
                        Map.of(
                                "bundle",
                                zip(Map.of("index.js", INDEX, "lib/a.js", "exports.one = 2;", "lib/c.js", "1")),
                                "timeoutSeconds",
                                9));
        api.admin().post(versions(), Map.of("source", INDEX, "timeoutSeconds", 9));

        Answer second = api.viewer().get(versions() + "/2/changes");
        assertThat(second.json().path("files").toString())
                .isEqualTo("[{\"path\":\"lib/a.js\",\"kind\":\"changed\"},{\"path\":\"lib/b.js\",\"kind\":\"removed\"},"
                        + "{\"path\":\"lib/c.js\",\"kind\":\"added\"}]");
        assertThat(second.json().path("settings").toString()).isEqualTo("[\"timeoutSeconds\"]");
        Answer third = api.viewer().get(versions() + "/3/changes?since=1");
        assertThat(third.json().path("files").findValuesAsString("kind")).containsExactly("removed", "removed");
        assertThat(third.at("/since")).isEqualTo("1");
        assertThat(api.viewer().get(versions() + "/4/changes").code()).isEqualTo("function-not-found");
    }

    @Test
    void whatIsWrongWithABundleIsSaidWithFileAndLine() throws Exception {
        refused(Map.of("bundle", "no zip"), "/bundle", "Base64");
        refused(Map.of("bundle", Base64.getEncoder().encodeToString(new byte[9])), "/bundle", "zip archive");
        refused(Map.of("bundle", zip(Map.of("../index.js", "1"))), "/bundle", "../index.js");
        refused(Map.of("bundle", zip(Map.of("readme.txt", "1"))), "/bundle", "name one as main");
        refused(Map.of("bundle", zip(Map.of("index.js", " "))), "/bundle", "index.js: give the function's code");
        refused(Map.of("bundle", zip(Map.of("index.js", INDEX)), "source", INDEX), "/source", "leave it out");
        refused(
                Map.of("bundle", zip(Map.of("index.js", INDEX, "a.node", "x"))),
                "/bundle",
                "a.node: the bundle holds native code");
        refused(
                Map.of("bundle", zip(Map.of("index.js", INDEX, "package.json", "{\"dependencies\": {\"a\": \"1\"}}"))),
                "/bundle",
                "there is no package-lock.json");
        refused(
                Map.of("bundle", zip(Map.of("index.js", INDEX, "package-lock.json", """
                        {"packages": {
                          "node_modules/a": {"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}}}"""))),
                "/bundle",
                "package-lock.json:2: node_modules/a has no \"integrity\"");
        refused(
                Map.of(
                        "runtime",
                        "python",
                        "bundle",
                        zip(Map.of("main.py", "x = 1", "requirements.txt", "\nsix==1.16.0"))),
                "/bundle",
                "requirements.txt:2: six==1.16.0");
        refused(
                Map.of("bundle", zip(Map.of("index.js", INDEX, "noise", noise()))),
                "/bundle",
                "more than 2097152 bytes");
    }

    @Test
    void aWorkspaceHasSoMuchRoomForBundles() throws Exception {
        create(Map.of("index.js", INDEX));
        long taken = functions.bundleBytes(workspace);
        CheckedCode code = new WantedCode(null, zip(Map.of("index.js", INDEX)), null)
                .check("javascript", new ArrayList<>())
                .orElseThrow();
        int bytes = Objects.requireNonNull(code.bundle()).archive().size();

        inTransaction.executeWithoutResult(_ -> room(taken + bytes).require(caller(), code));
        inTransaction.executeWithoutResult(_ -> room(0).require(caller(), CheckedCode.text(INDEX)));
        assertThatThrownBy(() -> inTransaction.executeWithoutResult(
                        _ -> room(taken + bytes - 1).require(caller(), code)))
                .hasMessageContaining("raise bascule.functions.bundles");
    }

    private BundleRoom room(long bytes) {
        return new BundleRoom(functions, new FunctionProperties(DataSize.ofBytes(bytes)));
    }

    private Caller caller() {
        return new Caller(
                workspace, "default", UUID.randomUUID(), "a", Role.ADMIN, new RequestOrigin("127.0.0.1", "-"), null);
    }

    /** Which does not become smaller when it is packed. */
    private static String noise() {
        byte[] bytes = new byte[2_000_000];
        new Random(1).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void refused(Map<String, Object> version, String pointer, String words) {
        Map<String, Object> function = new HashMap<>(version);
        function.put("name", name);
        Answer answer = api.admin().post(FUNCTIONS, function);
        assertThat(answer.code()).as(words).isEqualTo("invalid-input");
        assertThat(answer.at("/errors/0/pointer")).as(words).isEqualTo(pointer);
        assertThat(answer.at("/errors/0/detail")).contains(words);
    }

    private Answer create(Map<String, String> files) {
        return api.admin().post(FUNCTIONS, Map.of("name", name, "bundle", zip(files)));
    }

    private String versions() {
        return FUNCTIONS + "/" + name + "/versions";
    }

    private static String zip(Map<String, String> files) {
        return Base64.getEncoder().encodeToString(TestZip.of(files));
    }
}
