package io.bascule.cli.task;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The input of a task, as {@code --input} gives it. */
public final class TaskInput {

    private TaskInput() {}

    /** @param input JSON, {@code @FILE}, or {@code -} for standard input */
    public static JsonNode read(String input, Shell shell) throws IOException {
        try {
            return JsonMapper.shared().readTree(text(input, shell));
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--input is not JSON: %s (expected: such as '{\"message\": \"hello\"}')"
                            .formatted(e.getOriginalMessage()),
                    e);
        }
    }

    private static String text(String input, Shell shell) throws IOException {
        if (input.equals("-")) {
            return shell.input();
        }
        if (!input.startsWith("@")) {
            return input;
        }
        Path file = Path.of(input.substring(1));
        if (!Files.isReadable(file)) {
            throw new CommandFailure(ExitCode.USAGE, "--input %s: there is no such file".formatted(input));
        }
        return Files.readString(file);
    }
}
