package io.bascule.tasks.handlers.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.type.TaskCatalogue;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestCertificate;
import io.bascule.testsupport.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Against a real server that demands TLS of one of its users. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class TlsTests {

    private static final String PASSWORD = "open sesame";
    private static final String NAME = "db.example.org";
    private static final String QUESTION = "select ssl, version from pg_stat_ssl where pid = pg_backend_pid()";

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final SqlQueryHandler handler =
            new SqlQueryHandler(DirectTunnels.to(database.serverPort()), List.of(new PostgreSqlServer()));
    private String certificate = "";
    private String otherCertificate = "";
    private String rulesBefore = "";

    @BeforeAll
    void demandTls(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
        TestCertificate server = TestCertificate.of(NAME);
        certificate = server.pem();
        otherCertificate = TestCertificate.of(NAME).pem();
        Files.writeString(folder.resolve("server.crt"), server.pem());
        Path key = Files.writeString(folder.resolve("server.key"), server.keyPem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path rules = Path.of(setting("hba_file"));
        rulesBefore = Files.readString(rules);
        jdbc.sql("create role careful login password '%s'".formatted(PASSWORD)).update();
        Files.writeString(rules, """
                hostssl all careful all scram-sha-256
                host all careful all reject
                """ + rulesBefore);
        jdbc.sql("alter system set ssl_cert_file = '%s'".formatted(folder.resolve("server.crt")))
                .update();
        jdbc.sql("alter system set ssl_key_file = '%s'".formatted(folder.resolve("server.key")))
                .update();
        jdbc.sql("alter system set ssl = on").update();
        reload();
        Await.until(() -> setting("ssl").equals("on"));
    }

    @AfterAll
    void asItWas() throws IOException {
        Files.writeString(Path.of(setting("hba_file")), rulesBefore);
        jdbc.sql("alter system reset ssl").update();
        reload();
        Await.until(() -> setting("ssl").equals("off"));
    }

    @Test
    void aServerThatDemandsTlsIsAskedOverIt() throws Exception {
        JsonNode answer = run(input("{\"mode\": \"require\"}"));

        assertThat(answer.path("rows").path(0).path(0).asBoolean()).isTrue();
        assertThat(answer.path("rows").path(0).path(1).asString()).startsWith("TLSv1.");
    }

    @Test
    void withoutItTheRefusalSaysWhatToGive() {
        TaskFailure refused = failure(input(null));

        assertThat(refused.error().code()).isEqualTo("sqlstate-28000");
        assertThat(refused.error().message()).contains("\"tls\": {\"mode\": \"require\"}");
        assertThat(failure(input("{\"mode\": \"disable\"}")).error().code()).isEqualTo("sqlstate-28000");
    }

    @Test
    void aServerThatProvesItsNameIsTrusted() throws Exception {
        assertThat(run(verified(NAME, certificate)).path("rows").path(0).path(0).asBoolean())
                .isTrue();
    }

    @Test
    void aServerWithAnotherNameOrAnotherAuthorityIsRefusedForGood() {
        for (ObjectNode wrong : List.of(verified("other.example.org", certificate), verified(NAME, otherCertificate))) {
            TaskFailure refused = failure(wrong);

            assertThat(refused.error().code()).isEqualTo("tls-failed");
            assertThat(refused.isRetryable()).isFalse();
        }
    }

    @Test
    void anAuthorityThatIsNoCertificateIsRefusedByItsName() {
        assertThat(failure(verified(NAME, "no certificate")).error().message()).contains("tls.ca");
    }

    @Test
    void aLongAnswerAndAChangeGoOverItToo() throws Exception {
        ObjectNode many = input("{\"mode\": \"require\"}");
        many.put("statement", "select n, repeat('x', 100) from generate_series(1, 3000) n")
                .put("maxRows", 3_000);

        assertThat(run(many).path("rows").size()).isEqualTo(3_000);
    }

    @Test
    void aServerWithoutTlsIsRefusedAndHearsNoPassword() throws Exception {
        assertThat(answered("N", input("{\"mode\": \"require\"}")).error().code())
                .isEqualTo("tls-failed");
        assertThat(answered("E", input("{\"mode\": \"require\"}")).error().code())
                .isEqualTo("protocol-violation");
    }

    @Test
    void aServerThatGoesAwayWhenAskedIsTriedAgain() throws Exception {
        TaskFailure gone = answered("", input("{\"mode\": \"require\"}"));

        assertThat(gone.error().code()).isEqualTo("connection-failed");
        assertThat(gone.isRetryable()).isTrue();
    }

    @Test
    void aNameBelongsToAVerifiedServer() {
        var type = TaskCatalogue.builtIn().find("sql.query").orElseThrow();

        assertThat(TaskCatalogue.builtIn().check(type, input("{\"mode\": \"verify-full\"}")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/tls/serverName"));
        assertThat(TaskCatalogue.builtIn().check(type, input("{\"mode\": \"prefer\"}")))
                .isNotEmpty();
        assertThat(TaskCatalogue.builtIn().check(type, verified(NAME, certificate)))
                .isEmpty();
    }

    /** A server that answers the question for TLS with this letter, or leaves without one, and what a task has of it. */
    private static TaskFailure answered(String letter, ObjectNode input) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> {
                try (Socket line = server.accept()) {
                    InputStream heard = line.getInputStream();
                    assertThat(heard.readNBytes(8)).hasSize(8);
                    line.getOutputStream().write(letter.getBytes(StandardCharsets.US_ASCII));
                    if (!letter.isEmpty()) {
                        assertThat(heard.readAllBytes()).isEmpty();
                    }
                } catch (IOException gone) {
                    // The client may leave as it likes.
                }
            });
            var handler = new SqlQueryHandler(DirectTunnels.to(server.getLocalPort()), List.of(new PostgreSqlServer()));
            TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> run(handler, input));
            answering.join();
            return failure;
        }
    }

    private JsonNode run(ObjectNode input) throws Exception {
        return run(handler, input);
    }

    private static JsonNode run(SqlQueryHandler handler, ObjectNode input) throws Exception {
        return handler.run(TaskOnPaper.of(input.toString(), Map.of("DB_PASSWORD", PASSWORD)));
    }

    private TaskFailure failure(ObjectNode input) {
        return catchThrowableOfType(TaskFailure.class, () -> run(input));
    }

    private ObjectNode input(@Nullable String tls) {
        ObjectNode input = JsonMapper.shared().createObjectNode();
        input.put("resource", "postgres").put("database", database.name()).put("user", "careful");
        input.putObject("password").put("secret", "DB_PASSWORD");
        input.put("statement", QUESTION);
        if (tls != null) {
            input.set("tls", JsonMapper.shared().readTree(tls));
        }
        return input;
    }

    private ObjectNode verified(String name, String authority) {
        ObjectNode input = input("{\"mode\": \"verify-full\"}");
        ((ObjectNode) input.get("tls")).put("serverName", name).put("ca", authority);
        return input;
    }

    private String setting(String name) {
        return jdbc.sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private void reload() {
        jdbc.sql("select pg_reload_conf()").query(Boolean.class).single();
    }
}
