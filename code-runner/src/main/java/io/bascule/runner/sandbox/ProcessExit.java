package io.bascule.runner.sandbox;

import java.time.Duration;
import java.util.Optional;

/**
 * How a process ended, and what it had used by then.
 *
 * @param number its exit code or the signal's number
 * @param cpu of all its threads
 * @param peakMemoryBytes the most that was resident; or that the kernel charged to it, where it keeps the limit
 * @param directory what its directory held, where only the launcher could look
 */
public record ProcessExit(
        Cause cause, int number, Duration cpu, long peakMemoryBytes, Optional<DirectoryUse> directory) {

    /** What ended it. */
    public enum Cause {
        EXIT,
        SIGNAL,
        /** The launcher ended, and every process with it; nobody counted what they used. */
        LAUNCHER_LOST
    }

    ProcessExit withPeak(long bytes) {
        return new ProcessExit(cause, number, cpu, bytes, directory);
    }

    static ProcessExit lost() {
        return new ProcessExit(Cause.LAUNCHER_LOST, 0, Duration.ZERO, 0, Optional.empty());
    }
}
