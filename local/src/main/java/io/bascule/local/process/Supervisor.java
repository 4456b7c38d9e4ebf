package io.bascule.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * All processes of one run. Starting and stopping exclude each other: after {@link #stopAll()} nothing more starts.
 * Thread-safe.
 */
public final class Supervisor {

    private final ProcessTable table;
    private final Path logs;
    private final Terminal terminal;
    private final InstantSource clock;
    private final List<Supervised> running = new ArrayList<>();
    private final List<ManagedProcess> finite = new ArrayList<>();
    private boolean stopping;

    public Supervisor(ProcessTable table, Path logs, Terminal terminal, InstantSource clock) {
        this.table = table;
        this.logs = logs;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Starts a program and returns at once; {@link Started#awaitReady} waits. */
    public synchronized Started start(Program program) {
        refuseWhenStopping();
        OutputPump output = new OutputPump(program.name(), logs, terminal);
        Supervised supervised = new Supervised(program, table, output, terminal, clock);
        running.add(supervised);
        return supervised::awaitReady;
    }

    /** A program that was started and may not be ready yet. */
    @FunctionalInterface
    public interface Started {

        /** Returns once the probe succeeds, and throws {@link LocalFailure} when the program ended or took too long. */
        void awaitReady(Probe probe, Duration within);
    }

    /** Runs a program to its end, which must be a success and come in time. What it prints is in its log only. */
    public void run(Program program, Duration within) {
        OutputPump output = new OutputPump(program.name(), logs, Terminal.SILENT);
        ManagedProcess process;
        synchronized (this) {
            refuseWhenStopping();
            process = ManagedProcess.start(program, table, output);
            finite.add(process);
        }
        boolean ended = process.hasEndedWithin(within);
        forget(process);
        if (!ended) {
            process.stop();
            throw new LocalFailure("%s did not finish within %d s; its log: ./bascule dev logs %s"
                    .formatted(program.name(), within.toSeconds(), program.name()));
        }
        int code = process.awaitEnd();
        if (code != 0) {
            throw new LocalFailure("%s ended with %s; its last lines:%n  %s"
                    .formatted(
                            program.name(),
                            ManagedProcess.describe(code),
                            String.join(System.lineSeparator() + "  ", process.lastLines())));
        }
    }

    private synchronized void forget(ManagedProcess process) {
        finite.remove(process);
    }

    private void refuseWhenStopping() {
        if (stopping) {
            throw new LocalFailure("Stopped while starting");
        }
    }

    /** Ends everything in the reverse order of its start; returns when nothing runs. Does nothing the second time. */
    public synchronized void stopAll() {
        stopping = true;
        finite.forEach(ManagedProcess::stop);
        for (Supervised supervised : running.reversed()) {
            terminal.line("bascule", "stopping " + supervised.name());
            supervised.stop();
        }
        running.clear();
    }
}
