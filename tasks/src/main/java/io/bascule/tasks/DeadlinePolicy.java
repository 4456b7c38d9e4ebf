package io.bascule.tasks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** By when a task must have ended. Deadlines are moments of the database's clock. */
public final class DeadlinePolicy {

    /** What an instant task gets that names no deadline, counted from when it may first run. */
    public static final Duration INSTANT_DEFAULT = Duration.ofSeconds(60);

    private DeadlinePolicy() {}

    /** How long a task of this lane may take that names no deadline; null means as long as it likes. */
    public static @Nullable Duration timeLimit(Lane lane) {
        return switch (lane) {
            case INSTANT -> INSTANT_DEFAULT;
            case QUEUED -> null;
        };
    }

    /** A task retried by hand has as long again as it first had. */
    public static @Nullable Instant renewed(@Nullable Instant deadline, Instant createdAt, Instant now) {
        return deadline == null ? null : now.plus(Duration.between(createdAt, deadline));
    }

    static boolean passed(@Nullable Instant deadline, Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
