package io.bascule.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MigrateTests {

    private static EmbeddedPostgres server;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    void anEmptyDatabaseGetsAllMigrationsAndTheSecondRunFindsNothingToDo() {
        assertThat(run(database("postgres"))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("at version \\d+; [1-9]\\d* migrations");

        assertThat(run(database("postgres"))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("; 0 migrations were run");
    }

    @Test
    void infoChangesNothing() {
        assertThat(run(database("template1"), "--info")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Pending").doesNotContain("migrations were run");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedWhenTheTimeIsOver() {
        Map<String, String> nowhere = Map.of(
                "BASCULE_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:1/bascule",
                "BASCULE_DATABASE_USERNAME",
                "bascule");

        assertThat(run(nowhere, "--wait", "0")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error: jdbc:postgresql://127.0.0.1:1/bascule");
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThat(run(Map.of())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("BASCULE_DATABASE_URL is not set (expected: such as");
    }

    private int run(Map<String, String> environment, String... arguments) {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new CommandLine(new Migrate(environment, outStream, errStream)).execute(arguments);
    }

    private static Map<String, String> database(String name) {
        return Map.of(
                "BASCULE_DATABASE_URL", server.getJdbcUrl("postgres", name), "BASCULE_DATABASE_USERNAME", "postgres");
    }
}
