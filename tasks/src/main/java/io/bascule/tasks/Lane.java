package io.bascule.tasks;

import java.util.Locale;

/** How a task is run: soon and beside others, or in its turn in a named queue. */
public enum Lane {
    /** Short work; waits in no queue, ends by a deadline. */
    INSTANT,
    /** Long work in a named queue with a concurrency limit. */
    QUEUED;

    /** The word used in SQL, JSON and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Lane of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
