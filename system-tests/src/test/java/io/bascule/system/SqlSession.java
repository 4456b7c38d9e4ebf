package io.bascule.system;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** One session with a PostgreSQL server: the person's {@code psql} where it is installed, else a driver's connection. */
interface SqlSession extends AutoCloseable {

    /** The one value that a statement answers. */
    String ask(String statement) throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;

    static SqlSession open(int port, String database) throws IOException, SQLException {
        return isInstalled("psql") ? Psql.start(port, database) : Driver.connect(port, database);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The program itself, which reads statements from its input as from a keyboard. */
    record Psql(Process process, Writer input, BufferedReader output) implements SqlSession {

        static Psql start(int port, String database) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            "psql",
                            "--no-psqlrc",
                            "--quiet",
                            "--tuples-only",
                            "--no-align",
                            "--set=ON_ERROR_STOP=1",
                            "postgresql://postgres:unused@127.0.0.1:%d/%s".formatted(port, database))
                    .redirectErrorStream(true);
            Process process = builder.start();
            return new Psql(
                    process, process.outputWriter(StandardCharsets.UTF_8), process.inputReader(StandardCharsets.UTF_8));
        }

        @Override
        public String ask(String statement) throws IOException {
            input.write(statement + ";\n");
            input.flush();
            return output.readLine();
        }

        @Override
        public void close() throws IOException {
            input.close();
            process.destroy();
        }
    }

    /** A connection of the JDBC driver. */
    record Driver(Connection connection) implements SqlSession {

        static Driver connect(int port, String database) throws SQLException {
            String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
            return new Driver(DriverManager.getConnection(url, "postgres", "unused"));
        }

        @Override
        public String ask(String text) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(text)) {
                return result.next() ? result.getString(1) : "";
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
