package io.bascule.local;

import io.bascule.local.process.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The source tree whose built jars are run. */
public record Checkout(Path root) {

    /** The runnable jar of a service. */
    Path app(String module) {
        return jar(module, "-app.jar");
    }

    /** The jar of a program whose libraries lie beside it. */
    Path program(String module) {
        return jar(module, "-SNAPSHOT.jar");
    }

    private Path jar(String module, String ending) {
        Path target = root.resolve(module).resolve("target");
        return newest(target, module + "-", ending)
                .orElseThrow(() -> new LocalFailure("%s is not built (no %s-*%s in %s): run ./mvnw package -DskipTests"
                        .formatted(module, module, ending, target)));
    }

    private static Optional<Path> newest(Path folder, String beginning, String ending) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .max(Comparator.comparing(Checkout::modified));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    /** The built files of the browser UI, if they are there. */
    Optional<Path> ui() {
        return Optional.of(root.resolve("web-ui/dist"))
                .filter(folder -> Files.exists(folder.resolve("index.html"))
                        && Files.exists(folder.resolve("console/index.html")));
    }
}
