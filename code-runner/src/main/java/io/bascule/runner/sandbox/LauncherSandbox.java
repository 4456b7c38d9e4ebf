package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The sandbox that our own launcher program makes: it needs no privilege, so it works in a restricted container, and
 * root is dropped where there is one. Each language has a launcher of its own, and none waits for another's.
 */
public class LauncherSandbox implements Sandbox, SmartLifecycle {

    /** Before everything that starts processes, and after it when stopping. */
    public static final int PHASE = 100;

    private static final Logger log = LoggerFactory.getLogger(LauncherSandbox.class);
    private static final int OPEN_FILES = 256;
    /** As namespaces.h has it. */
    private static final Path BUNDLE_PLACE = Path.of("/bundle");

    private static final int MOST_CPU_SECONDS = 3600;
    /** For a process that does nothing. */
    private static final MemorySize SMALL = new MemorySize(128);

    private final SandboxProperties properties;
    private final Map<Language, LanguageLauncher> launchers = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private @Nullable SandboxFiles files;
    private SandboxLevel level = SandboxLevel.CONFINED;
    private volatile ProcessLimits limits = ProcessLimits.none();
    /** With whoever kept limits at the start. */
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
        return inForce.with(limits.keeper());
    }

    /** Why it can start no process although it runs, if it knows; tries whether that is still so. Blocks for a moment. */
    Optional<String> lacking() {
        return limits.lacking(this::startOne);
    }

    private void startOne() {
        try (var _ = start(Language.JAVASCRIPT, SMALL, null)) {
            log.debug("A process got into its control groups");
        }
    }

    @Override
    public Set<Language> languages() {
        return Set.copyOf(launchers.keySet());
    }

    @Override
    public SandboxedProcess start(Language language, MemorySize memory, @Nullable Path bundle) {
        LanguageLauncher launcher = launchers.get(language);
        if (launcher == null) {
            throw new ProcessRefusedException("no sandbox runs for " + language.label());
        }
        return launcher.startProcess(memory, bundle);
    }

    @Override
    public Path placeOf(Path bundle) {
        return confinement().level() == SandboxLevel.NAMESPACED ? BUNDLE_PLACE : bundle;
    }

    @Override
    public synchronized void start() {
        if (files != null) {
            return;
        }
        try {
            files = SandboxFiles.create(properties.directory(), properties.launcher());
            OpenToJobs.check(files.root());
            level = LevelChoice.choose(properties, files);
            limits = new ProcessLimits(
                    properties.cgroups(),
                    CgroupChoice.open(properties.cgroups()).orElse(null),
                    properties.threads());
            begin(files, NodeRuntime.find(properties.node()));
            findPython(files);
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
        launchers.values().forEach(LanguageLauncher::stop);
        launchers.clear();
        limits.close();
        limits = ProcessLimits.none();
        if (files != null) {
            files.delete();
            files = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return files != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Without Python the runner runs JavaScript only, unless a certain Python was asked for. */
    private void findPython(SandboxFiles placed) throws IOException {
        try {
            begin(placed, PythonRuntime.find(properties.python()));
        } catch (SandboxUnavailableException missing) {
            if (properties.python() != null) {
                throw missing;
            }
            log.warn("Functions in Python are refused here: {} {}", missing.getMessage(), missing.remedy());
        } catch (IOException failure) {
            if (properties.python() != null) {
                throw failure;
            }
            log.warn("Functions in Python are refused here: their sandbox cannot be started", failure);
        }
    }

    private void begin(SandboxFiles placed, LanguageRuntime runtime) throws IOException {
        var launcher = new LanguageLauncher(runtime, placed, command(placed, runtime), lastId::incrementAndGet, limits);
        launchers.put(runtime.language(), launcher);
        confinement = checked(launcher.level());
        log.info(
                "Functions in {} {} run {} (Landlock ABI {}, as user {})",
                runtime.language().label(),
                runtime.version(),
                confinement().level().label(),
                launcher.level().landlockAbi(),
                launcher.level().user());
    }

    /** Where the processes of a language have their directories. */
    synchronized Path jobs(Language language) {
        return Objects.requireNonNull(files, "the sandbox has not been started")
                .places(language)
                .jobs();
    }

    /** The control groups that those of processes are made in; none where there are no control groups. */
    synchronized List<Path> cgroups() {
        return limits.directories();
    }

    private Confinement checked(LauncherReport.Level offered) {
        if (offered.landlockAbi() < 1) {
            throw new SandboxUnavailableException(
                    "this kernel has no Landlock.",
                    "Run it on Linux 5.13 or newer with Landlock switched on (lsm=landlock,…).");
        }
        return new Confinement(level, offered.landlockAbi(), limits.keeper());
    }

    private List<String> command(SandboxFiles placed, LanguageRuntime runtime) {
        var command = new ArrayList<>(runtime.launcher(placed));
        command.addAll(runtime.permissions(placed));
        command.addAll(List.of("--cpu-seconds", Integer.toString(MOST_CPU_SECONDS)));
        command.addAll(List.of("--open-files", Integer.toString(OPEN_FILES)));
        command.addAll(
                List.of("--file-bytes", Long.toString(properties.largestFile().toBytes())));
        if (level == SandboxLevel.NAMESPACED) {
            command.addAll(List.of(Launcher.VIEW, placed.view().toString()));
            command.addAll(List.of("--disk-bytes", Long.toString(properties.diskBytes())));
            command.addAll(List.of("--files", Integer.toString(properties.files())));
        }
        limits.directories().forEach(group -> command.addAll(List.of(Launcher.CGROUP, group.toString())));
        command.add("--");
        command.addAll(runtime.arguments(placed));
        return command;
    }

    private static SandboxUnavailableException unavailable(IOException failure) {
        return new SandboxUnavailableException(
                "the sandbox cannot be started: " + failure.getMessage(),
                "Set bascule.runner.directory to a directory where programs may be executed, and see the log.",
                failure);
    }
}
