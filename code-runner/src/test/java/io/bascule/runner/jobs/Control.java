package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.TestSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The same function in a plain process of its runtime: what happens where there is no sandbox. */
final class Control {

    private static final String RESULT = "RESULT ";

    private Control() {}

    /** What the handler returned, as JSON. */
    static String result(Path directory, String source, String input) throws IOException {
        return result(Language.JAVASCRIPT, directory, source, input);
    }

    static String result(Language language, Path directory, String source, String input) throws IOException {
        Process process = new ProcessBuilder(command(language, directory, source, input))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains(RESULT);
        return output.substring(output.indexOf(RESULT) + RESULT.length()).strip();
    }

    private static List<String> command(Language language, Path directory, String source, String input)
            throws IOException {
        return switch (language) {
            case JAVASCRIPT -> {
                String call = "Promise.resolve(handler(" + input + ", {}))"
                        + ".then((value) => console.log('RESULT ' + JSON.stringify(value)));";
                yield List.of("node", write(directory, ".cjs", source + "\n" + call));
            }
            case PYTHON -> {
                String call = "\nimport json, sys\nprint('RESULT ' + json.dumps(handler(json.loads(sys.argv[1]))))\n";
                yield List.of(TestSandbox.python().toString(), write(directory, ".py", source + call), input);
            }
        };
    }

    private static String write(Path directory, String suffix, String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "control", suffix), text)
                .toString();
    }
}
