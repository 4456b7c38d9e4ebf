package io.bascule.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.local.process.Probe;
import io.bascule.local.process.ProcessTable;
import io.bascule.local.process.Supervisor;
import io.bascule.local.process.Terminal;
import io.bascule.local.secret.SecretFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTests {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path apps;

    @TempDir
    private Path folder;

    private SecretFiles secrets;
    private Supervisor supervisor;

    @BeforeEach
    void prepare() {
        secrets = new SecretFiles(folder.resolve("secrets"));
        supervisor = newSupervisor();
    }

    @AfterEach
    void stop() {
        supervisor.stopAll();
    }

    @Test
    void postgresKeepsItsDataAndLetsTheDemoRoleReadOnly() throws Exception {
        EmbeddedPostgres postgres = start(newPostgres());
        execute(postgres.bascule(), "create table kept as select 42 as answer");
        supervisor.stopAll();

        supervisor = newSupervisor();
        EmbeddedPostgres again = start(newPostgres());

        assertThat(query(again.bascule(), "select answer from kept")).isEqualTo("42");
        assertThat(query(again.demo(), "select count(*) from bridges")).isEqualTo("5");
        assertThatThrownBy(() -> execute(again.demo(), "delete from bridges"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> execute(again.demo(), "set transaction read write; delete from bridges"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void postgresLetsNobodyInWithoutThePassword() throws Exception {
        Database bascule = start(newPostgres()).bascule();

        Database guess = new Database(bascule.port(), bascule.name(), bascule.username(), "guessed");

        assertThatThrownBy(guess::connect).hasMessageContaining("password authentication failed");
        assertThat(bascule.toString()).doesNotContain(bascule.password());
    }

    @Test
    void redisAsksForThePassword() throws IOException {
        EmbeddedRedis redis = new EmbeddedRedis(apps, folder.resolve("redis"), freePort(), secrets);
        supervisor.start(redis.server(Durability.SURVIVES)).awaitReady(Probe.listening(redis.port()), SOON);

        assertThat(ask(redis, "PING")).startsWith("-NOAUTH");
        assertThat(ask(redis, "AUTH " + redis.password())).isEqualTo("+OK");
    }

    private EmbeddedPostgres newPostgres() throws IOException {
        return new EmbeddedPostgres(apps, folder.resolve("postgres"), freePort(), secrets);
    }

    private EmbeddedPostgres start(EmbeddedPostgres postgres) {
        postgres.initialise(Durability.MAY_VANISH, program -> supervisor.run(program, SOON));
        supervisor.start(postgres.server(Durability.MAY_VANISH)).awaitReady(postgres.probe(), SOON);
        postgres.prepare();
        return postgres;
    }

    private Supervisor newSupervisor() {
        Terminal silent = new Terminal(new PrintStream(OutputStream.nullOutputStream()), false);
        ProcessTable table = new ProcessTable(folder.resolve("processes.json"));
        return new Supervisor(table, folder.resolve("logs"), silent, InstantSource.system());
    }

    private static void execute(Database database, String command) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String query(Database database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static String ask(EmbeddedRedis redis, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return reader.readLine();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
