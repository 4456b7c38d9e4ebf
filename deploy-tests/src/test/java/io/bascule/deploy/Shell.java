package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands in the checkout.
 *
 * @param environment added to our own
 */
public record Shell(Map<String, String> environment) {

    /** Puts a shell script into a folder that comes first in a {@code PATH}, for the program of that name. */
    public static void standIn(Path folder, String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** What a command said on standard output, once it has ended with 0 within the time. */
    public String run(Duration atMost, List<String> command) throws IOException, InterruptedException {
        return run(atMost, "", command);
    }

    public String run(Duration atMost, String input, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Checkout.root().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertThat(ended).as("%s ended within %s", command, atMost).isTrue();
            assertThat(process.exitValue())
                    .as("%s%n%s%n%s", command, Files.readString(out), Files.readString(err))
                    .isZero();
            return Files.readString(out);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
