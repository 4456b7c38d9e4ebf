package io.bascule.tasks.handlers.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.testsupport.TestCertificate;
import io.bascule.testsupport.TestMariaDb;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Against a real server that demands TLS of one of its users. */
@Timeout(60)
class MySqlTlsTests {

    private final TestMariaDb database = TestMariaDb.running();
    private final SqlQueryHandler handler =
            new SqlQueryHandler(DirectTunnels.to("mysql", database.port()), List.of(new MySqlServer()));

    @Test
    void aServerThatDemandsTlsIsAskedOverIt() throws Exception {
        JsonNode answer = run(input("{\"mode\": \"require\"}"));

        assertThat(answer.path("rows").path(0).path(1).asString()).startsWith("TLSv1.");
    }

    @Test
    void withoutItTheRefusalSaysWhatToGive() {
        TaskFailure refused = failure(input(null));

        assertThat(refused.error().code()).isEqualTo("sqlstate-28000");
        assertThat(refused.error().message()).contains("\"tls\"");
        assertThat(refused.isRetryable()).isFalse();
    }

    @Test
    void aServerThatProvesItsNameIsTrusted() throws Exception {
        assertThat(run(verified(TestMariaDb.NAME, database.certificate())).path("rows"))
                .hasSize(1);
    }

    @Test
    void aServerWithAnotherNameOrAnotherAuthorityIsRefusedForGood() throws Exception {
        String other = TestCertificate.of(TestMariaDb.NAME).pem();
        for (ObjectNode wrong :
                List.of(verified("other.example.org", database.certificate()), verified(TestMariaDb.NAME, other))) {
            TaskFailure refused = failure(wrong);

            assertThat(refused.error().code()).isEqualTo("tls-failed");
            assertThat(refused.isRetryable()).isFalse();
        }
    }

    @Test
    void aLongAnswerGoesOverItToo() throws Exception {
        ObjectNode many = input("{\"mode\": \"require\"}");
        many.put("statement", "select seq, repeat('x', 100) from seq_1_to_3000").put("maxRows", 3_000);

        assertThat(run(many).path("rows")).hasSize(3_000);
    }

    private JsonNode run(ObjectNode input) throws Exception {
        return handler.run(TaskOnPaper.of(input.toString(), Map.of("DB_PASSWORD", TestMariaDb.PASSWORD)));
    }

    private TaskFailure failure(ObjectNode input) {
        return catchThrowableOfType(TaskFailure.class, () -> run(input));
    }

    private static ObjectNode input(@Nullable String tls) {
        ObjectNode input = JsonMapper.shared().createObjectNode();
        input.put("resource", "mysql")
                .put("database", TestMariaDb.DATABASE)
                .put("user", TestMariaDb.CAREFUL)
                .put("statement", "show session status like 'Ssl_version'");
        input.putObject("password").put("secret", "DB_PASSWORD");
        if (tls != null) {
            input.set("tls", JsonMapper.shared().readTree(tls));
        }
        return input;
    }

    private static ObjectNode verified(String name, String authority) {
        ObjectNode input = input("{\"mode\": \"verify-full\"}");
        ((ObjectNode) input.get("tls")).put("serverName", name).put("ca", authority);
        return input;
    }
}
