package io.bascule.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's shell: runs {@code bascule} with a configuration folder of its own. */
final class CommandLine {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Path home;
    private final Path bascule;

    CommandLine(Path home) throws IOException {
        this.home = home;
        this.bascule = Files.createDirectories(home.resolve("bin")).resolve("bascule");
        String command = String.join(" ", Checkout.bascule());
        Files.writeString(bascule, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        if (!bascule.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + bascule);
        }
    }

    /** What came of a command. */
    record Result(int exitCode, String out, String err) {

        /** The result, which must be one; fails with what was said otherwise. */
        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("exit code %d: %s%n%s".formatted(exitCode, err, out));
            }
            return this;
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(succeeded().out);
        }
    }

    /** Runs {@code bascule} with these arguments to its end. */
    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(bascule.toString()));
        command.addAll(List.of(arguments));
        return result(start(command));
    }

    /** Runs a line as it was printed, in the checkout, with our {@code bascule} in place of the launcher's. */
    Result runPrinted(String line) throws IOException, InterruptedException {
        return result(start(List.of("sh", "-c", line.replace("./bascule", bascule.toString()))));
    }

    /** Starts {@code bascule} and leaves it running. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(bascule.toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Checkout.root().toFile());
        builder.environment().putAll(Map.of("XDG_CONFIG_HOME", home.toString(), "NO_COLOR", "1"));
        builder.environment().keySet().removeIf(name -> name.startsWith("BASCULE_"));
        return builder.start();
    }

    private static Result result(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        Output out = Output.of(process.getInputStream());
        Output err = Output.of(process.getErrorStream());
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command has not ended:\n" + out.text() + "\n" + err.text());
        }
        return new Result(process.exitValue(), out.whole(), err.whole());
    }
}
