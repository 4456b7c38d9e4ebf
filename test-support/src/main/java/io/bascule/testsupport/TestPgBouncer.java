package io.bascule.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * PgBouncer in transaction mode before the test server, so that all tests can be run behind it: set
 * {@code BASCULE_TEST_PGBOUNCER} to the program. It does not run as root, so the tests must not either.
 */
final class TestPgBouncer {

    private static final String PROGRAM = "BASCULE_TEST_PGBOUNCER";
    private static final Duration START = Duration.ofSeconds(10);

    private final int port;

    private TestPgBouncer(int port) {
        this.port = port;
    }

    /** One for all databases of a server, until this process ends; empty where none is asked for. */
    static Optional<TestPgBouncer> before(int serverPort) {
        return Optional.ofNullable(System.getenv(PROGRAM)).map(program -> start(Path.of(program), serverPort));
    }

    String url(String database, String user) {
        // Statements that the driver keeps on a server connection would be another client's there.
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&prepareThreshold=0".formatted(port, database, user);
    }

    private static TestPgBouncer start(Path program, int serverPort) {
        try {
            int port = freePort();
            Path directory = Files.createTempDirectory("pgbouncer");
            Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d user=postgres
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = transaction
                    default_pool_size = 10
                    max_client_conn = 1000
                    max_db_connections = 20
                    ignore_startup_parameters = extra_float_digits
                    query_wait_timeout = 3
                    server_login_retry = 1
                    """.formatted(serverPort, port));
            Process process = new ProcessBuilder(program.toString(), settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("pgbouncer.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-pgbouncer"));
            await(port);
            return new TestPgBouncer(port);
        } catch (IOException failure) {
            throw new UncheckedIOException("PgBouncer did not start", failure);
        }
    }

    private static void await(int port) throws IOException {
        Instant end = Instant.now().plus(START);
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
                return;
            } catch (IOException notYet) {
                if (Instant.now().isAfter(end)) {
                    throw notYet;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
