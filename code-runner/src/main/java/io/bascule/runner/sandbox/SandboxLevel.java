package io.bascule.runner.sandbox;

import java.util.Locale;

/** How strongly a process is confined, weakest first. */
public enum SandboxLevel {
    /** Landlock, a system call allow-list, no new privileges, resource limits; needs no privilege itself. */
    CONFINED,
    /**
     * As before, and with a root directory, processes, mounts and IPC of its own, without any network; needs user namespaces,
     * but no privilege.
     */
    NAMESPACED;

    /** As in configuration, metrics and results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
