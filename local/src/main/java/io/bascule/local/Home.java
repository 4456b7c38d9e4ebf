package io.bascule.local;

import io.bascule.local.process.ProcessTable;
import io.bascule.local.store.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder in which a local platform keeps what it needs, {@code .bascule} unless said otherwise.
 *
 * @param root the folder itself
 * @param data where the stores and the secrets live in this run
 */
public record Home(Path root, Path data) {

    /** A home whose data stays. */
    public static Home durable(Path root) {
        return new Home(root.toAbsolutePath().normalize(), root.toAbsolutePath().normalize());
    }

    /** A home whose data belongs to one run; begins empty. */
    static Home ephemeral(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        return new Home(absolute, absolute.resolve("ephemeral"));
    }

    boolean isEphemeral() {
        return !data.equals(root);
    }

    /** What each process printed. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** Unpacked programs and their start-up caches: can be deleted at any time, nothing of value is lost. */
    public Path apps() {
        return root.resolve("apps");
    }

    public Path secrets() {
        return data.resolve("secrets");
    }

    public Path postgres() {
        return data.resolve("postgres");
    }

    public Path kafka() {
        return data.resolve("kafka");
    }

    public Path redis() {
        return data.resolve("redis");
    }

    /** Large results and the logs of ended tasks. */
    public Path objects() {
        return data.resolve("objects");
    }

    public Path demoAgent() {
        return data.resolve("demo-agent");
    }

    /** Who listens where, for people and scripts. */
    public Path ports() {
        return root.resolve("ports.json");
    }

    Path lock() {
        return root.resolve("lock");
    }

    ProcessTable processes() {
        return new ProcessTable(root.resolve("processes.json"));
    }

    /** Deletes the data, never the logs or the unpacked programs. */
    void deleteData() {
        Stream.of(secrets(), postgres(), redis(), kafka(), objects(), demoAgent())
                .forEach(Home::delete);
        if (isEphemeral()) {
            delete(data);
        }
    }

    private static void delete(Path folder) {
        try {
            StoreFiles.deleteAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
