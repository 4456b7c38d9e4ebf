package io.bascule.cli.function;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a directory with a function of two files, to begin with. */
@Command(name = "init", description = "Make a directory with a function of several files.")
public final class InitFunctionCommand implements Callable<Integer> {

    private static final Map<String, String> JAVASCRIPT_FILES = Map.of(
            "index.js", """
                    const { greet } = require('./lib/greeting');

                    exports.handler = async (input, context) => {
                      console.log('called by task', context.job);
                      return { greeting: greet(input?.name ?? 'world') };
                    };
                    """,
            "lib/greeting.js", """
                    exports.greet = (name) => `Hello, ${name}`;
                    """,
            "package.json", """
                    {
                      "private": true,
                      "main": "index.js"
                    }
                    """);

    private static final Map<String, String> PYTHON_FILES = Map.of(
            "main.py", """
                    from greeting import greet


                    def handler(input, context):
                        print('called by task', context.job)
                        return {'greeting': greet((input or {}).get('name', 'world'))}
                    """,
            "greeting.py", """
                    def greet(name):
                        return f'Hello, {name}'
                    """,
            "requirements.txt", """
                    # NAME==VERSION --hash=sha256:…, as `pip-compile --generate-hashes` writes it
                    """);

    private final Shell shell;

    @Parameters(paramLabel = "DIR")
    private Path directory = Path.of("");

    @Option(
            names = "--runtime",
            defaultValue = "javascript",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Language language = Language.javascript;

    /** As the API names them. */
    private enum Language {
        javascript,
        python
    }

    public InitFunctionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (Files.exists(directory) && !isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "%s is there already, and not empty".formatted(directory));
        }
        Map<String, String> files = switch (language) {
            case javascript -> JAVASCRIPT_FILES;
            case python -> PYTHON_FILES;
        };
        for (var file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        shell.say("Made %s; bascule fn deploy %1$s makes a function of it".formatted(directory));
        return ExitCode.OK;
    }

    private boolean isEmpty() throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (var inside = Files.list(directory)) {
            return inside.findAny().isEmpty();
        }
    }
}
