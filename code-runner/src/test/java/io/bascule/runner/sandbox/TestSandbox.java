package io.bascule.runner.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;

/** Sandboxes for tests, as they ship. */
public final class TestSandbox {

    /** Of the directory of each job. */
    public static final long DISK_BYTES = 32 * 1024 * 1024;

    /** In the directory of each job. */
    public static final int FILES = 5_000;

    /** Of each job. */
    public static final int THREADS = 64;

    private static final Supplier<SandboxLevel> HIGHEST_LEVEL = SingletonSupplier.of(TestSandbox::tryLevels);
    private static final Supplier<Boolean> HAS_PYTHON = SingletonSupplier.of(TestSandbox::findPython);

    private TestSandbox() {}

    /** Whether this build has a launcher. */
    public static boolean isBuilt() {
        return SandboxFiles.isLauncherBuilt();
    }

    /** Whether there is a Python that jobs may use. */
    public static boolean hasPython() {
        return HAS_PYTHON.get();
    }

    private static boolean findPython() {
        try {
            PythonRuntime.find(null);
            return true;
        } catch (SandboxUnavailableException missing) {
            return false;
        }
    }

    /** The Python that jobs use. */
    public static Path python() {
        return PythonRuntime.find(null).program();
    }

    /** The programs that start its processes. */
    public static List<ProcessHandle> launchers(LauncherSandbox sandbox) {
        String control = root(sandbox).resolve("control").toString();
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(control))
                .toList();
    }

    /** Where all of its files are. */
    public static Path root(LauncherSandbox sandbox) {
        return sandbox.jobs(Language.JAVASCRIPT).resolve("../..").normalize();
    }

    /** The directories of jobs that there are. */
    public static List<Path> directories(LauncherSandbox sandbox) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Language language : sandbox.languages()) {
            try (Stream<Path> jobs = Files.list(sandbox.jobs(language))) {
                jobs.forEach(found::add);
            }
        }
        return found;
    }

    /** The runner's own control groups, that of threads last; none where there are no control groups. */
    public static List<Path> cgroupsOf(LauncherSandbox sandbox) {
        return sandbox.cgroups();
    }

    /** The control groups of processes that there are, of each kind. */
    public static List<List<Path>> cgroups(LauncherSandbox sandbox) throws IOException {
        List<List<Path>> found = new ArrayList<>();
        for (Path group : sandbox.cgroups()) {
            try (Stream<Path> inner = Files.list(group)) {
                found.add(inner.filter(entry -> Files.isDirectory(entry) && !entry.endsWith("runner"))
                        .toList());
            }
        }
        return found;
    }

    /** Started at the level without namespaces; the caller stops it. */
    public static LauncherSandbox start() {
        return start(SandboxLevel.CONFINED);
    }

    /** Started at exactly this level, with control groups where they can be had; the caller stops it. */
    public static LauncherSandbox start(SandboxLevel level) {
        return start(level, CgroupPolicy.AUTO);
    }

    /** Started at exactly this level; the caller stops it. */
    public static LauncherSandbox start(SandboxLevel level, CgroupPolicy cgroups) {
        var sandbox = new LauncherSandbox(properties(level, level, null, cgroups));
        sandbox.start();
        return sandbox;
    }

    /** Whether this machine permits namespaces. */
    public static boolean hasNamespaces() {
        return isBuilt() && highestLevel() == SandboxLevel.NAMESPACED;
    }

    /** The one that a runner takes here. */
    public static SandboxLevel highestLevel() {
        return HIGHEST_LEVEL.get();
    }

    private static SandboxLevel tryLevels() {
        try {
            SandboxFiles files = SandboxFiles.create(null, launcher());
            try {
                return LevelChoice.choose(properties(SandboxLevel.CONFINED, SandboxLevel.NAMESPACED, null), files);
            } finally {
                files.delete();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static SandboxProperties properties(SandboxLevel minimum, SandboxLevel level, @Nullable Path node) {
        return properties(minimum, level, node, CgroupPolicy.AUTO);
    }

    private static SandboxProperties properties(
            SandboxLevel minimum, SandboxLevel level, @Nullable Path node, CgroupPolicy cgroups) {
        return new SandboxProperties(
                minimum,
                level,
                node,
                null,
                launcher(),
                null,
                DataSize.ofMegabytes(64),
                DISK_BYTES,
                FILES,
                THREADS,
                cgroups);
    }

    /** The one of the build, unless another one is to be tried. */
    private static @Nullable Path launcher() {
        String named = System.getProperty("bascule.test.launcher");
        return named == null ? null : Path.of(named);
    }
}
