package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Sandboxes for tests, as they ship. */
public final class TestSandbox {

    private TestSandbox() {}

    /** Whether this build has a launcher. */
    public static boolean isBuilt() {
        return SandboxFiles.isLauncherBuilt();
    }

    /** Whether there is a Python that jobs may use. */
    public static boolean hasPython() {
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

    /** Started; the caller stops it. */
    public static LauncherSandbox start() {
        var sandbox = new LauncherSandbox(properties(SandboxLevel.CONFINED, null));
        sandbox.start();
        return sandbox;
    }

    static SandboxProperties properties(SandboxLevel minimum, @Nullable Path node) {
        return new SandboxProperties(minimum, node, null, null, null, DataSize.ofMegabytes(64));
    }
}
