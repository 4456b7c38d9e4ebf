package io.bascule.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes: asks first, waits as long as it was told, then kills. */
public final class Signals {

    private Signals() {}

    /** Returns once the process has ended; says whether it ended by itself. */
    public static boolean end(ProcessHandle process, String signal, Duration within) {
        send(process, signal);
        if (awaitEnd(process, within)) {
            return true;
        }
        process.destroyForcibly();
        awaitEnd(process, Duration.ofSeconds(5));
        return false;
    }

    /** Sends a signal by name. A process that has ended meanwhile is no error. */
    private static void send(ProcessHandle process, String signal) {
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException _) {
            process.destroy();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says whether the process ended in time. */
    public static boolean awaitEnd(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return !process.isAlive();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
