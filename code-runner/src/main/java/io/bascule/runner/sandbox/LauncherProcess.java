package io.bascule.runner.sandbox;

import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A process that the launcher started and will bury. */
final class LauncherProcess implements SandboxedProcess {

    private final long id;
    private final long pid;
    private final Launcher launcher;
    private final Pending arrived;
    private final SocketChannel channel;
    private final SocketChannel output;
    private final CompletableFuture<ProcessExit> exit;

    LauncherProcess(long id, long pid, Launcher launcher, Pending arrived) {
        this.id = id;
        this.pid = pid;
        this.launcher = launcher;
        this.arrived = arrived;
        this.channel = arrived.channel().join();
        this.output = arrived.output().join();
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
    public Optional<ProcessUsage> usage() {
        return isAlive() ? launcher.figures().of(pid) : Optional.empty();
    }

    @Override
    public DirectoryUse directoryUse(int mostFiles) {
        return JobDirectory.measure(launcher.directory(id), mostFiles);
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
            return exit.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        signal(ProcessSignal.KILL);
        exit.join();
        arrived.closeConnections();
        JobDirectory.delete(launcher.directory(id));
    }
}
