package io.bascule.runner.sandbox;

import io.bascule.runner.cgroup.KernelLimit;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that the launcher started and will bury. */
final class LauncherProcess implements SandboxedProcess {

    private static final Logger log = LoggerFactory.getLogger(LauncherProcess.class);
    private static final int ORPHAN_SECONDS = 5;

    private final long id;
    private final long pid;
    private final Launcher launcher;
    private final Pending arrived;
    private final Remains remains;
    private final SocketChannel channel;
    private final SocketChannel output;
    private final SocketChannel egress;
    private final CompletableFuture<ProcessExit> exit;

    LauncherProcess(long id, long pid, Launcher launcher, Pending arrived, Remains remains) {
        this.id = id;
        this.remains = remains;
        this.pid = pid;
        this.launcher = launcher;
        this.arrived = arrived;
        this.channel = arrived.channel().join();
        this.output = arrived.output().join();
        this.egress = arrived.egress().join();
        this.exit = arrived.exit();
    }

    @Override
    public ByteChannel channel() {
        return channel;
    }

    @Override
    public ReadableByteChannel output() {
        return output;
    }

    @Override
    public ByteChannel egress() {
        return egress;
    }

    @Override
    public Optional<ProcessUsage> usage() {
        return isAlive() ? launcher.figures().of(pid) : Optional.empty();
    }

    @Override
    public LimitKeeper keeper() {
        return remains.cgroup() == null ? LimitKeeper.WATCHDOG : LimitKeeper.CGROUP;
    }

    @Override
    public Set<KernelLimit> kernelHits() {
        return remains.cgroup() == null ? Set.of() : remains.cgroup().hits();
    }

    @Override
    public DirectoryUse directoryUse(int mostFiles) {
        return launcher.showsDirectories()
                ? JobDirectory.measure(remains.directory(), mostFiles)
                : exit.getNow(ProcessExit.lost()).directory().orElse(DirectoryUse.NONE);
    }

    @Override
    public void signal(ProcessSignal signal) {
        if (isAlive()) {
            launcher.signal(id, signal);
        }
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public ProcessExit awaitExit() throws InterruptedException {
        try {
            ProcessExit ended = exit.get();
            if (ended.cause() == ProcessExit.Cause.LAUNCHER_LOST) {
                awaitOrphan();
            }
            return withPeak(ended);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        signal(ProcessSignal.KILL);
        exit.join();
        arrived.closeConnections();
        remains.remove();
    }

    private ProcessExit withPeak(ProcessExit ended) {
        OptionalLong peak = remains.cgroup() == null
                ? OptionalLong.empty()
                : remains.cgroup().peakMemoryBytes();
        return peak.isPresent() ? ended.withPeak(peak.getAsLong()) : ended;
    }

    /** Without its launcher the kernel kills it; nobody tells us when that is done. */
    private void awaitOrphan() throws InterruptedException {
        try {
            ProcessHandle orphan = ProcessHandle.of(pid).orElse(null);
            if (orphan != null) {
                orphan.onExit().get(ORPHAN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException alive) {
            log.error("Process {} outlives its launcher", pid, alive);
        }
    }
}
