package io.bascule.benchmarks.tasks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker in a process of its own; the two talk in lines. */
final class WorkerProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader lines;

    WorkerProcess(ProcessBuilder command) throws IOException {
        process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    void awaitReady() throws IOException {
        String line = lines.readLine();
        if (!READY.equals(line)) {
            throw new IOException("the worker said " + line + " (expected: " + READY + ")");
        }
    }

    long[] stopAndRead() throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8).append("stop\n").flush();
        String line = Objects.requireNonNull(lines.readLine(), "the worker's figures");
        process.waitFor();
        return Stream.of(line.split(",", -1))
                .filter(word -> !word.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The other side. */
    static final class Parent {

        private final PrintStream out = System.out;
        private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

        void ready() {
            out.println(READY);
        }

        void awaitStop() throws IOException {
            String _ = in.readLine();
        }

        void tell(List<Long> nanos) {
            out.println(nanos.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
    }
}
