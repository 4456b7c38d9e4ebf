package io.bascule.tasks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** By when a task must have ended. */
public final class DeadlinePolicy {

    /** What an instant task gets that names none, counted from when it may first run. */
    public static final Duration INSTANT_DEFAULT = Duration.ofSeconds(60);

    private DeadlinePolicy() {}

    /** The deadline of a new task: the one it asks for, else the default of its lane, which for queued tasks is none. */
    public static @Nullable Instant of(Lane lane, @Nullable Instant requested, Instant runAt) {
        if (requested != null) {
            return requested;
        }
        return switch (lane) {
            case INSTANT -> runAt.plus(INSTANT_DEFAULT);
            case QUEUED -> null;
        };
    }

    /** A task retried by hand has as long again as it first had. */
    public static @Nullable Instant renewed(@Nullable Instant deadline, Instant runAt, Instant now) {
        return deadline == null ? null : now.plus(Duration.between(runAt, deadline));
    }

    static boolean passed(@Nullable Instant deadline, Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
