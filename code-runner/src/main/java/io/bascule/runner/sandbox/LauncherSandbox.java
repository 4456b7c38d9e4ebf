package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The sandbox that our own launcher program makes: it needs no privilege, so it works in a restricted container, and
 * root is dropped where there is one. A launcher that dies is started again by the next request.
 */
public class LauncherSandbox implements Sandbox, SmartLifecycle {

    /** Before everything that starts processes, and after it when stopping. */
    public static final int PHASE = 100;

    private static final Logger log = LoggerFactory.getLogger(LauncherSandbox.class);
    private static final int OPEN_FILES = 256;
    private static final int MOST_CPU_SECONDS = 3600;

    private final SandboxProperties properties;
    private @Nullable Launcher launcher;
    private @Nullable SandboxFiles files;
    private volatile @Nullable Confinement confinement;

    LauncherSandbox(SandboxProperties properties) {
        this.properties = properties;
    }

    @Override
    public Confinement confinement() {
        Confinement inForce = confinement;
        if (inForce == null) {
            throw new IllegalStateException("the sandbox has not been started");
        }
        return inForce;
    }

    @Override
    public SandboxedProcess start(MemorySize memory) {
        return running().startProcess("--max-old-space-size=" + memory.heapMebibytes());
    }

    @Override
    public synchronized void start() {
        if (launcher != null) {
            return;
        }
        try {
            files = SandboxFiles.create(properties.directory(), properties.launcher());
            NodeRuntime node = NodeRuntime.find(properties.node());
            launcher = Launcher.start(files, command(files, node));
            confinement = checked(launcher.level());
            log.info(
                    "Functions run {} (Landlock ABI {}, as user {}) on Node {}",
                    confinement().level().label(),
                    launcher.level().landlockAbi(),
                    launcher.level().user(),
                    node.version());
        } catch (IOException failure) {
            stop();
            throw unavailable(failure);
        } catch (SandboxUnavailableException unavailable) {
            stop();
            throw unavailable;
        }
    }

    @Override
    public synchronized void stop() {
        try {
            if (launcher != null) {
                launcher.stop();
            }
        } catch (IOException failure) {
            log.warn("The launcher did not end cleanly", failure);
        } finally {
            launcher = null;
            if (files != null) {
                files.delete();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return launcher != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private synchronized Launcher running() {
        if (launcher == null) {
            throw new ProcessRefusedException("the sandbox is stopped");
        }
        if (!launcher.isAlive()) {
            log.error("The sandbox launcher has ended unexpectedly, and its jobs with it; starting it again");
            stop();
            start();
        }
        return launcher;
    }

    private Confinement checked(LauncherReport.Level level) {
        if (level.landlockAbi() < 1) {
            throw new SandboxUnavailableException(
                    "this kernel has no Landlock.",
                    "Run it on Linux 5.13 or newer with Landlock switched on (lsm=landlock,…).");
        }
        if (properties.minimumLevel().compareTo(SandboxLevel.CONFINED) > 0) {
            throw new SandboxUnavailableException(
                    "the sandbox reaches the level %s, and bascule.runner.minimum-level is %s."
                            .formatted(
                                    SandboxLevel.CONFINED.label(),
                                    properties.minimumLevel().label()),
                    "Lower bascule.runner.minimum-level to " + SandboxLevel.CONFINED.label() + ".");
        }
        return new Confinement(SandboxLevel.CONFINED, level.landlockAbi());
    }

    private ProcessBuilder command(SandboxFiles files, NodeRuntime node) throws IOException {
        var command = new ArrayList<>(List.of(
                files.launcher().toString(),
                files.socket().toString(),
                files.jobs().toString(),
                node.program().toString()));
        node.loader().forEach(file -> command.addAll(List.of("--execute", file.toString())));
        node.libraries().forEach(file -> command.addAll(List.of("--read", file.toString())));
        if (Files.exists(Path.of("/etc/ld.so.cache"))) {
            command.addAll(List.of("--read", "/etc/ld.so.cache"));
        }
        command.addAll(List.of("--read", files.wrapper().toString()));
        command.addAll(List.of("--cpu-seconds", Integer.toString(MOST_CPU_SECONDS)));
        command.addAll(List.of("--open-files", Integer.toString(OPEN_FILES)));
        command.addAll(
                List.of("--file-bytes", Long.toString(properties.largestFile().toBytes())));
        command.addAll(List.of(
                "--",
                "--no-addons",
                "--openssl-config=/dev/null",
                files.wrapper().toString()));
        checkSearchable(files.root());
        return new ProcessBuilder(command);
    }

    /** Processes of another user must be able to walk to their directory. */
    private static void checkSearchable(Path root) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return;
        }
        for (Path path = root; path != null; path = path.getParent()) {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new SandboxUnavailableException(
                        "%s is closed to the user that jobs run as.".formatted(path),
                        "Set bascule.runner.directory to a directory whose parents everyone may search.");
            }
        }
    }

    private static SandboxUnavailableException unavailable(IOException failure) {
        return new SandboxUnavailableException(
                "the sandbox cannot be started: " + failure.getMessage(),
                "Set bascule.runner.directory to a directory where programs may be executed, and see the log.",
                failure);
    }
}
