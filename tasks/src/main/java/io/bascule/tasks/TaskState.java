package io.bascule.tasks;

import java.util.Locale;
import java.util.Set;

/** Where a task stands. docs/tasks.md draws how it gets from one to the next. */
public enum TaskState {
    /** Submitted, not yet committed; never seen in a store. */
    ACCEPTED,
    /** Ready; the next free worker of its lane may claim it. */
    WAITING,
    /** Asked to run later. */
    SCHEDULED,
    /** A worker holds its lease. */
    RUNNING,
    /** To be run again, not before its backoff. */
    RETRYING,
    SUCCEEDED,
    /** Gave up; kept, and can be retried by hand. */
    FAILED,
    CANCELLED,
    /** Its deadline passed before it started or finished. */
    EXPIRED;

    private static final Set<TaskState> FINAL = Set.of(SUCCEEDED, FAILED, CANCELLED, EXPIRED);

    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** The word used in SQL, JSON and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static TaskState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
