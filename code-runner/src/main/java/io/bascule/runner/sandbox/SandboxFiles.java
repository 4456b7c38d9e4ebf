package io.bascule.runner.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one running sandbox, made at start and removed at its end. Jobs' processes may be other users, so they
 * pass through the root of it; what is the runner's alone lies in {@code control}.
 *
 * @param root holds everything
 * @param launcher the program that starts processes
 * @param library the same, for interpreters that fork
 * @param owned the root, where that is a temporary one
 */
record SandboxFiles(
        Path root, Path launcher, Path library, @Nullable OwnedDirectory owned) {

    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private static final List<String> SCRIPTS =
            List.of("wrapper.cjs", "egress.cjs", "resource.cjs", "wrapper.py", "egress.py", "resource.py");
    private static final String LIBRARY = ".so";

    static SandboxFiles create(@Nullable Path configuredDirectory, @Nullable Path configuredLauncher)
            throws IOException {
        if (configuredDirectory != null) {
            return create(root(configuredDirectory), configuredLauncher, null);
        }
        OwnedDirectory owned = OwnedDirectory.create("bascule-runner-");
        return create(owned.path(), configuredLauncher, owned);
    }

    private static SandboxFiles create(Path root, @Nullable Path configuredLauncher, @Nullable OwnedDirectory owned)
            throws IOException {
        Files.setPosixFilePermissions(root, PASSABLE);
        Path jobs = directory(root.resolve("jobs"), PASSABLE);
        Path control = directory(root.resolve("control"), PRIVATE);
        directory(root.resolve("view"), PASSABLE);
        for (Language language : Language.values()) {
            directory(jobs.resolve(language.label()), PASSABLE);
        }
        for (String script : SCRIPTS) {
            copy(script, root.resolve(script), READABLE);
        }
        Path launcher = configuredLauncher != null
                ? configuredLauncher
                : copy(launcherName(), control.resolve("sandbox-launcher"), PROGRAM);
        Path library = configuredLauncher != null
                ? configuredLauncher.resolveSibling(configuredLauncher.getFileName() + LIBRARY)
                : copy(launcherName() + LIBRARY, control.resolve("sandbox-launcher.so"), PROGRAM);
        return new SandboxFiles(root, launcher, library, owned);
    }

    /** An empty directory, where launchers put together what their jobs see, each in mounts of its own. */
    Path view() {
        return root.resolve("view");
    }

    /** The script that runs a function inside Node. */
    Path nodeWrapper() {
        return root.resolve("wrapper.cjs");
    }

    /** What that loads when a function first makes a request. */
    Path nodeEgress() {
        return root.resolve("egress.cjs");
    }

    /** What that loads when a function first asks for a resource. */
    Path nodeResource() {
        return root.resolve("resource.cjs");
    }

    /** The script that runs functions in Python's forks. */
    Path pythonWrapper() {
        return root.resolve("wrapper.py");
    }

    /** The names are short because a socket's path may have 108 bytes only. */
    LauncherPlaces places(Language language) {
        return new LauncherPlaces(
                root.resolve("control").resolve(language.label().substring(0, 1)),
                root.resolve("jobs").resolve(language.label()));
    }

    /** Makes place for a launcher that starts again; directories of jobs go when those jobs do. */
    void forgetSocket(Language language) throws IOException {
        LauncherPlaces places = places(language);
        Files.deleteIfExists(places.socket());
    }

    void delete() {
        if (owned == null) {
            JobDirectory.delete(root);
        } else {
            owned.close();
        }
    }

    static boolean isLauncherBuilt() {
        return SandboxFiles.class.getResource(launcherName()) != null;
    }

    private static Path root(Path configured) throws IOException {
        Path root = configured.toAbsolutePath().resolve("sandbox");
        JobDirectory.delete(root);
        return Files.createDirectories(root);
    }

    private static Path directory(Path path, Set<PosixFilePermission> permissions) throws IOException {
        Files.createDirectory(path);
        return Files.setPosixFilePermissions(path, permissions);
    }

    private static Path copy(String resource, Path target, Set<PosixFilePermission> permissions) throws IOException {
        try (InputStream content = SandboxFiles.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new SandboxUnavailableException(
                        "the sandbox launcher was not built.",
                        "Install a C compiler (Debian: apt-get install gcc libc6-dev) and build code-runner again,"
                                + " or point bascule.runner.launcher to a launcher.");
            }
            Files.copy(content, target);
        }
        return Files.setPosixFilePermissions(target, permissions);
    }

    private static String launcherName() {
        String architecture = System.getProperty("os.arch");
        return "sandbox-launcher-" + ("amd64".equals(architecture) ? "x86_64" : architecture);
    }
}
