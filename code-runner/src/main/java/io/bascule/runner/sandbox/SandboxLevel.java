package io.bascule.runner.sandbox;

import java.util.Locale;

/** How strongly a process is confined, weakest first. */
public enum SandboxLevel {
    /** Landlock, a system call allow-list, no new privileges, resource limits; needs no privilege itself. */
    CONFINED,
    /** As before, in process, mount, network and IPC namespaces of its own. */
    NAMESPACED;

    /** As in configuration, metrics and results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
