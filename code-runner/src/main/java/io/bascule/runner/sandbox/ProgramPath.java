package io.bascule.runner.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where programs are looked for. */
final class ProgramPath {

    private ProgramPath() {}

    /** Every program of that name, in the order of the PATH. */
    static List<Path> all(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .toList();
    }
}
