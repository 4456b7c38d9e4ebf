package io.bascule.local.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.bascule.local.process.Listening;
import io.bascule.local.process.Program;
import io.bascule.local.process.Program.Ending;
import io.bascule.local.secret.SecretFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** The Redis of the local platform, with an append-only file. */
public final class EmbeddedRedis {

    private final Path apps;
    private final Path data;
    private final int port;
    private final SecretFiles secrets;

    public EmbeddedRedis(Path apps, Path data, int port, SecretFiles secrets) {
        this.apps = apps;
        this.data = data;
        this.port = port;
        this.secrets = secrets;
    }

    public Program server(Durability durability) {
        try {
            Files.createDirectories(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new Program(
                    "redis",
                    List.of(binary(), configuration(durability).toString()),
                    Map.of(),
                    data,
                    Listening.tcp(port),
                    new Ending("TERM", Duration.ofSeconds(10)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String binary() throws IOException {
        Path binary = apps.resolve("redis-server");
        if (!Files.exists(binary)) {
            Files.createDirectories(apps);
            Path unpacked = ExecutableProvider.newJarResourceProvider(apps.toFile())
                    .get()
                    .toPath();
            Files.copy(unpacked, apps.resolve("redis-server.new"), COPY_ATTRIBUTES, REPLACE_EXISTING);
            Files.move(apps.resolve("redis-server.new"), binary, ATOMIC_MOVE);
        }
        return binary.toString();
    }

    /** A file, because the password must not be seen in the list of processes. */
    private Path configuration(Durability durability) throws IOException {
        Path file = data.resolve("redis.conf");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file, """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                appendonly %s
                save ""
                """.formatted(port, password(), data, durability == Durability.SURVIVES ? "yes" : "no"));
    }

    public String password() {
        return secrets.password("redis");
    }

    public int port() {
        return port;
    }
}
