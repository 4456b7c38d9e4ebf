package io.bascule.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.ServiceRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    /** Statements that need a session of their own, which PgBouncer in transaction mode does not give. */
    private static final Pattern SESSION_STATE = Pattern.compile(
            "pg_notify|\\b(listen|notify) [a-z_]+[;\"]|pg_(try_)?advisory_lock|\\bset session\\b|create temp",
            Pattern.CASE_INSENSITIVE);

    @Test
    void theRulesHold() {
        ServiceRules.check("io.bascule.tasks");
    }

    @Test
    void noStatementNeedsItsOwnDatabaseSession() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main"));
                Stream<Path> migrations = Files.walk(Path.of("../schema/src/main/resources"))) {
            List<Path> offenders = Stream.concat(sources, migrations)
                    .filter(Files::isRegularFile)
                    .filter(file -> SESSION_STATE.matcher(read(file)).find())
                    .toList();

            assertThat(offenders).isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
