package io.bascule.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a process prints, line by line, while it runs. */
final class Output {

    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    static Output of(InputStream stream) {
        Output output = new Output();
        Thread.ofVirtual().start(() -> output.read(stream));
        return output;
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(unreadable: " + e.getMessage() + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for a line; fails with all that was printed when it does not come. */
    synchronized String await(Predicate<String> wanted, Duration within) throws InterruptedException {
        long until = System.nanoTime() + within.toNanos();
        while (true) {
            var found = lines.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = (until - System.nanoTime()) / 1_000_000;
            if (ended || left <= 0) {
                throw new AssertionError(
                        "the line did not come%s:%n%s".formatted(ended ? ", the output ended" : " in time", text()));
            }
            wait(left);
        }
    }

    /** Waits until the process has closed its output, then returns all of it. */
    synchronized String whole() throws InterruptedException {
        while (!ended) {
            wait();
        }
        return text();
    }

    synchronized String text() {
        return String.join("\n", lines);
    }
}
