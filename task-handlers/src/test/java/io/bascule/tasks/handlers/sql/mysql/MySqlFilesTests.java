package io.bascule.tasks.handlers.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.testsupport.TestMariaDb;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.node.ObjectNode;

/** Files that a server writes, which no read-only transaction prevents: each is written when the task may, and only then. */
@Timeout(60)
class MySqlFilesTests {

    private final TestMariaDb database = TestMariaDb.running();
    private final SqlQueryHandler handler = MySqlTasks.handler(database.port());

    @TempDir
    private Path files;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 into outfile '%s'",
                "select 1e0into outfile '%s'",
                "select 1.into/**/dumpfile'%s'",
                "select 'a\\'' into outfile '%s' -- '",
                "select 1 --\u007f'\n into outfile '%s' -- '",
                "select 1 --\u0001'\n into outfile '%s' -- '",
                "select \"\\\"\", 'a' into outfile '%s' -- \"'",
            })
    void aReadOnlyTaskHasNoFileWritten(String statement) {
        assertWrittenOnlyByATaskThatMay(statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a\\'' as \"b\\\" into outfile '%s' -- \"",
                "select 1 as \"a'\" into outfile '%s' -- '",
            })
    void norWhereDoubleQuotesAreForNames(String statement) {
        withMode("ANSI_QUOTES", statement);
    }

    @Test
    void norWhereBackslashesAreNoEscapes() {
        withMode("NO_BACKSLASH_ESCAPES", "select 'a\\' into outfile '%s' -- '");
        withMode("ANSI_QUOTES,NO_BACKSLASH_ESCAPES", "select 'a\\' as \"b\\\" into dumpfile '%s' -- '\"");
    }

    private void withMode(String mode, String statement) {
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database.url()));
        String before = jdbc.sql("select @@global.sql_mode").query(String.class).single();
        jdbc.sql("set global sql_mode = ?").param(mode).update();
        try {
            assertWrittenOnlyByATaskThatMay(statement);
        } finally {
            jdbc.sql("set global sql_mode = ?").param(before).update();
        }
    }

    private void assertWrittenOnlyByATaskThatMay(String statement) {
        Path never = files.resolve("never-" + Integer.toHexString(statement.hashCode()));
        TaskFailure refused = run(MySqlTasks.input(statement.formatted(never)));
        assertThat(never).doesNotExist();
        assertThat(refused).isNotNull();
        assertThat(refused.error().code()).isEqualTo("read-only");

        Path control = files.resolve("control-" + Integer.toHexString(statement.hashCode()));
        run(MySqlTasks.input(statement.formatted(control)).put("readOnly", false));
        assertThat(control).as("control").exists();
    }

    private TaskFailure run(ObjectNode input) {
        return catchThrowableOfType(TaskFailure.class, () -> handler.run(MySqlTasks.paper(input)));
    }
}
