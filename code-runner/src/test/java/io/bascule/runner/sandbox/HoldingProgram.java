package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program of these tests in a virtual machine of its own, which has something until it ends, and says where. */
record HoldingProgram(Process process, List<Path> places) implements AutoCloseable {

    private static final String ANSWER = "holds ";

    /** For the program: says where that is, and returns when it is told to end or nobody is there any more who would. */
    static void hold(List<Path> places) throws IOException {
        System.out.println(ANSWER + places.stream().map(Path::toString).collect(Collectors.joining(" ")));
        System.out.flush();
        var _ = System.in.read();
    }

    /** Begins it, with a place for what is temporary, and returns once it has what it holds. */
    static HoldingProgram begin(Class<?> program, Path temporary) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectError(Redirect.DISCARD)
                .start();
        String answer = process.inputReader()
                .lines()
                .filter(line -> line.startsWith(ANSWER))
                .findFirst()
                .orElseThrow();
        String[] places = answer.substring(ANSWER.length()).strip().split(" ", -1);
        return new HoldingProgram(process, Arrays.stream(places).map(Path::of).toList());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Lets it end and tidy up, if it still runs. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
