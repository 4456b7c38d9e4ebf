package io.bascule.cli.function;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A function's code on this machine.
 *
 * @param runtime the language that its files look like
 * @param fields how the API takes it
 */
record LocalCode(String runtime, Map<String, Object> fields) {

    /**
     * Reads a file, or a directory with all that is in it.
     *
     * @param main which file of a directory has the handler; empty for the usual one
     */
    static LocalCode read(Path path, String main) throws IOException {
        if (Files.isDirectory(path)) {
            return directory(path, main);
        }
        if (!Files.isReadable(path)) {
            throw new CommandFailure(ExitCode.USAGE, "%s: there is no such file or directory".formatted(path));
        }
        if (!main.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--main names a file of a directory, and %s is none".formatted(path));
        }
        return new LocalCode(runtimeOf(path.toString()), Map.of("source", Files.readString(path)));
    }

    private static LocalCode directory(Path directory, String main) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        fields.put("bundle", Base64.getEncoder().encodeToString(BundleDirectory.pack(directory)));
        if (!main.isEmpty()) {
            fields.put("main", main);
        }
        boolean python = Stream.of("main.py", "function.py", "requirements.txt")
                .anyMatch(file -> Files.exists(directory.resolve(file)));
        return new LocalCode(main.isEmpty() && python ? "python" : runtimeOf(main), Map.copyOf(fields));
    }

    private static String runtimeOf(String file) {
        return file.endsWith(".py") ? "python" : "javascript";
    }
}
