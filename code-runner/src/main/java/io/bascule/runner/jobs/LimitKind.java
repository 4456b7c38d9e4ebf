package io.bascule.runner.jobs;

import java.util.Locale;

/** What a job can have too much of. */
public enum LimitKind {
    WALL_TIME(Ending.ASKED),
    CPU_TIME(Ending.ASKED),
    MEMORY(Ending.AT_ONCE),
    OUTPUT(Ending.AT_ONCE),
    LOG(Ending.AT_ONCE),
    THREADS(Ending.AT_ONCE),
    DISK(Ending.AT_ONCE),
    EGRESS(Ending.AT_ONCE);

    /** Whether a job that hit this may be given a moment to end by itself. */
    enum Ending {
        ASKED,
        AT_ONCE
    }

    private final Ending ending;

    LimitKind(Ending ending) {
        this.ending = ending;
    }

    Ending ending() {
        return ending;
    }

    /** As in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
