package io.bascule.local.app;

import io.bascule.local.process.Listening;
import io.bascule.local.process.Program;
import io.bascule.local.process.Program.Ending;
import io.bascule.local.store.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Unpacks programs into a folder, each content once; forgets older contents of the same program. */
public final class Apps {

    private final Path folder;
    private final Consumer<Program> run;

    /** @param run runs a program to its end */
    public Apps(Path folder, Consumer<Program> run) {
        this.folder = folder;
        this.run = run;
    }

    /** Returns the unpacked form of a runnable service jar or of a jar with its libraries beside it. */
    public UnpackedApp unpack(String name, Path jar) {
        try {
            Path target = folder.resolve(name + "-" + JarContent.fingerprint(jar));
            if (!Files.exists(target)) {
                unpack(name, jar, target);
            }
            return new UnpackedApp(name, target, jar.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unpack(String name, Path jar, Path target) throws IOException {
        forgetOthers(name);
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        StoreFiles.deleteAll(unfinished);
        if (jar.getFileName().toString().endsWith("-app.jar")) {
            Files.createDirectories(folder);
            run.accept(extraction(name, jar, unfinished));
        } else {
            copy(jar, unfinished);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private Program extraction(String name, Path jar, Path target) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                target.toString());
        return new Program("unpack-" + name, command, Map.of(), folder, Listening.NOWHERE, Ending.DRAIN);
    }

    private static void copy(Path jar, Path target) throws IOException {
        Files.createDirectories(target.resolve("lib"));
        Files.copy(jar, target.resolve(jar.getFileName()));
        for (Path library : JarContent.libraries(jar)) {
            Files.copy(library, target.resolve("lib").resolve(library.getFileName()));
        }
    }

    private void forgetOthers(String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path other : files.toList()) {
                if (other.getFileName().toString().matches(name + "-[0-9a-f]{12}(\\.new)?")) {
                    StoreFiles.deleteAll(other);
                }
            }
        }
    }
}
