package io.bascule.runner.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one running sandbox, made at start and removed at its end. Jobs' processes may be other users, so they
 * pass through the root of it; what is the runner's alone lies in {@code control}.
 *
 * @param root holds everything
 * @param launcher the program that starts processes
 * @param wrapper the script that runs a function inside Node
 */
record SandboxFiles(Path root, Path launcher, Path wrapper) {

    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    static SandboxFiles create(@Nullable Path configuredDirectory, @Nullable Path configuredLauncher)
            throws IOException {
        Path root = root(configuredDirectory);
        Files.setPosixFilePermissions(root, PASSABLE);
        directory(root.resolve("jobs"), PASSABLE);
        Path control = directory(root.resolve("control"), PRIVATE);
        Path wrapper = copy("wrapper.cjs", root.resolve("wrapper.cjs"), READABLE);
        Path launcher = configuredLauncher != null
                ? configuredLauncher
                : copy(launcherName(), control.resolve("sandbox-launcher"), PROGRAM);
        return new SandboxFiles(root, launcher, wrapper);
    }

    /** Where processes connect to. */
    Path socket() {
        return root.resolve("control").resolve("s");
    }

    Path jobs() {
        return root.resolve("jobs");
    }

    void delete() {
        JobDirectory.delete(root);
    }

    static boolean isLauncherBuilt() {
        return SandboxFiles.class.getResource(launcherName()) != null;
    }

    private static Path root(@Nullable Path configured) throws IOException {
        if (configured == null) {
            return Files.createTempDirectory("bascule-runner-");
        }
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
