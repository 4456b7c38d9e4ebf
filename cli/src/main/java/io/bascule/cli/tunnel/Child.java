package io.bascule.cli.tunnel;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.util.List;

/**
 * A program of the person, run on their terminal. Ctrl-C reaches it too and is its own to handle: as long as it runs, our
 * end is put off and the tunnels go on. Where there is no terminal, a signal to us is passed on to it.
 */
final class Child {

    private final Process process;
    private final boolean hasTerminal;

    private Child(Process process, boolean hasTerminal) {
        this.process = process;
        this.hasTerminal = hasTerminal;
    }

    /** Runs it to its end; returns its exit code. */
    static int run(List<String> command, Shell shell) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Child child = new Child(process, shell.terminal().isPresent());
            Runtime.getRuntime().addShutdownHook(new Thread(child::outlive, "child"));
            return process.waitFor();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s cannot be run: is it installed?".formatted(command.getFirst()), e);
        } catch (InterruptedException e) {
            throw new CommandFailure(ExitCode.FAILED, "Interrupted", e);
        }
    }

    private void outlive() {
        if (!hasTerminal) {
            process.destroy();
        }
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
