package io.bascule.runner.sandbox;

import io.bascule.runner.cgroup.KernelLimit;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.Set;

/** A confined process that serves one job. Safe for use by many threads; each channel for one reader and one writer. */
public interface SandboxedProcess extends AutoCloseable {

    /** Messages to and from the process; ends when the process ends or closes it. Blocking. */
    ByteChannel channel();

    /** What the process writes to its standard output and error; ends as the channel does. Blocking. */
    ReadableByteChannel output();

    /** Requests that the process would like to be made for it, and their answers; ends as the channel does. Blocking. */
    ByteChannel egress();

    /** What it uses now; empty once it has ended. */
    Optional<ProcessUsage> usage();

    /** Who keeps it within its memory and threads. */
    LimitKeeper keeper();

    /** What the kernel has ended it for or refused it so far, until it is closed. */
    Set<KernelLimit> kernelHits();

    /**
     * What it keeps in its directory, counted up to the given number of files. Where the kernel keeps that within its limit,
     * it is known once the process has ended, and nothing before.
     */
    DirectoryUse directoryUse(int mostFiles);

    /** Asks it to end, or ends it. Does nothing once it has ended. */
    void signal(ProcessSignal signal);

    boolean isAlive();

    /** Blocks until the process and all it may have started have ended. */
    ProcessExit awaitExit() throws InterruptedException;

    /** Kills it, waits until it has ended and removes its directory. Idempotent. */
    @Override
    void close();
}
