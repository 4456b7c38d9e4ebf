package io.bascule.runner.sandbox;

import java.util.Locale;

/** Who keeps processes within their memory and threads. */
public enum LimitKeeper {
    /** Whoever looks at them now and then. */
    WATCHDOG,
    /** The kernel, exactly, so that nobody else need look. */
    CGROUP;

    /** As in metrics and results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
