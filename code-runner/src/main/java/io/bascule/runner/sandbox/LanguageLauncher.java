package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The launcher of one language. One that has ended is started again by the next request; whoever asks meanwhile waits for
 * that and shares its failure. No other language waits. Safe for use by many threads.
 */
final class LanguageLauncher {

    private static final Logger log = LoggerFactory.getLogger(LanguageLauncher.class);

    private final LanguageRuntime runtime;
    private final SandboxFiles files;
    private final List<String> command;
    private final LongSupplier ids;
    private final ProcessLimits limits;
    private final ReentrantLock starting = new ReentrantLock();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Launcher launcher;
    private volatile boolean stopped;

    /** Starts it; blocks until it is there, for some seconds at most. */
    LanguageLauncher(
            LanguageRuntime runtime, SandboxFiles files, List<String> command, LongSupplier ids, ProcessLimits limits)
            throws IOException {
        this.runtime = runtime;
        this.files = files;
        this.command = List.copyOf(command);
        this.ids = ids;
        this.limits = limits;
        this.launcher = launch();
    }

    LauncherReport.Level level() {
        return launcher.level();
    }

    SandboxedProcess startProcess(MemorySize memory, @Nullable Path bundle) {
        return running().startProcess(runtime.argument(memory), memory, bundle);
    }

    /** Ends it, and with it every process; it is not started again. */
    void stop() {
        stopped = true;
        starting.lock();
        try {
            stop(launcher);
        } finally {
            starting.unlock();
        }
    }

    private Launcher running() {
        Launcher current = launcher;
        if (current.isAlive()) {
            return current;
        }
        int failed = failures.get();
        starting.lock();
        try {
            if (stopped) {
                throw new ProcessRefusedException("the sandbox has been stopped");
            }
            if (launcher.isAlive()) {
                return launcher;
            }
            if (failures.get() != failed) {
                throw new ProcessRefusedException("the sandbox could not be started again");
            }
            return restart();
        } finally {
            starting.unlock();
        }
    }

    private Launcher restart() {
        String language = runtime.language().label();
        log.error("The launcher for {} has ended unexpectedly, and its jobs with it; starting it again", language);
        try {
            stop(launcher);
            files.forgetSocket(runtime.language());
            launcher = launch();
            return launcher;
        } catch (IOException failure) {
            failures.incrementAndGet();
            log.error("The launcher for {} cannot be started again", language, failure);
            throw new ProcessRefusedException("the sandbox cannot be started again", failure);
        }
    }

    private Launcher launch() throws IOException {
        return Launcher.start(files.places(runtime.language()), new ProcessBuilder(command), ids, limits);
    }

    private static void stop(Launcher launcher) {
        try {
            launcher.stop();
        } catch (IOException failure) {
            log.warn("The launcher did not end cleanly", failure);
        }
    }
}
