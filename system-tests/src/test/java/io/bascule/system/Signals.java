package io.bascule.system;

import io.bascule.testsupport.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a process can be told from outside, by name: TERM, KILL, STOP and so on. */
final class Signals {

    private Signals() {}

    static void send(long pid, String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("process %d cannot be sent SIG%s".formatted(pid, signal));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits until it runs no more, whether or not its parent has taken notice. */
    static void awaitEnd(long pid) {
        Await.until(() -> hasEnded(pid));
    }

    private static boolean hasEnded(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (NoSuchFileException _) {
            return true;
        } catch (IOException failure) {
            return !Files.exists(Path.of("/proc/" + pid));
        }
    }
}
