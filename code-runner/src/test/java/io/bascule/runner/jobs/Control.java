package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same function in a plain Node process: what happens where there is no sandbox. */
final class Control {

    private Control() {}

    /** What the handler returned, as JSON. */
    static String result(Path directory, String source, String input) throws IOException {
        Path file = Files.createTempFile(directory, "control", ".cjs");
        String call = "Promise.resolve(handler(" + input + ", {}))"
                + ".then((value) => console.log('RESULT ' + JSON.stringify(value)));";
        Files.writeString(file, source + "\n" + call);
        Process node = new ProcessBuilder("node", file.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        node.getOutputStream().close();
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("RESULT ");
        return output.substring(output.indexOf("RESULT ") + "RESULT ".length()).strip();
    }
}
