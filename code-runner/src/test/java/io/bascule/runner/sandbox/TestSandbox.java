package io.bascule.runner.sandbox;

import java.nio.file.Path;
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
