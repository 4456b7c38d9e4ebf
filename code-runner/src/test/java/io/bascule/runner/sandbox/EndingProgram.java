package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** A program that needs no file but itself and ends at once. */
final class EndingProgram {

    /** Its exit code. */
    static final int CODE = 7;

    private EndingProgram() {}

    /** Makes it there, for everyone. */
    static Path in(Path directory) throws Exception {
        directory.toFile().setExecutable(true, false);
        Path source = Files.writeString(directory.resolve("ends.c"), "int main(void) { return %d; }\n".formatted(CODE));
        Path program = directory.resolve("ends");
        var compiler = new ProcessBuilder("cc", "-static", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return program;
    }
}
