package io.bascule.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A second replica of a part: the same command with the same settings, but for its port. Ends when it is closed. */
record Twin(Process process, int port) implements AutoCloseable {

    static Twin of(Platform platform, String part, Path log) throws IOException {
        int port = PortRange.free();
        long pid = platform.pidOf(part);
        ProcessBuilder builder = new ProcessBuilder(words(pid, "cmdline"))
                .directory(Path.of("/proc/%d/cwd".formatted(pid)).toRealPath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment(pid));
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().put("BASCULE_SERVICE_INSTANCE", part + "-twin");
        return new Twin(builder.start(), port);
    }

    /** The settings of a process of ours. */
    static Map<String, String> environment(long pid) throws IOException {
        return words(pid, "environ").stream()
                .filter(word -> word.contains("="))
                .collect(Collectors.toMap(
                        word -> word.substring(0, word.indexOf('=')), word -> word.substring(word.indexOf('=') + 1)));
    }

    private static List<String> words(long pid, String file) throws IOException {
        String text = Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\0")).filter(word -> !word.isEmpty()).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
