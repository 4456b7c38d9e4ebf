package io.bascule.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as it is written down. An id alone does not identify one, because the system reuses them: only a process
 * that also started at the recorded time is the one meant.
 */
public record ProcessRecord(String name, long pid, Instant startedAt, Listening listening, String signal) {

    /** The start time is computed from the boot time, which moves a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessRecord of(String name, ProcessHandle process, Listening listening, String signal) {
        return new ProcessRecord(name, process.pid(), startOf(process), listening, signal);
    }

    /** The record of the running program itself. */
    public static ProcessRecord ofThisProcess(String name) {
        return of(name, ProcessHandle.current(), Listening.NOWHERE, Program.Ending.DRAIN.signal());
    }

    /** The process meant, if it still runs. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        Duration.between(startedAt, startOf(process)).abs().compareTo(TOLERANCE) <= 0);
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
