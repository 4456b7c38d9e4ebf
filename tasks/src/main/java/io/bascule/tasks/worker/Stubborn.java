package io.bascule.tasks.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds attempts whose handlers go on although they were cancelled or their deadline has passed. Java cannot end a thread that
 * does not want to; but its task can end. For use by one thread at a time.
 */
final class Stubborn {

    private final Duration patience;
    private final Map<Attempt, Long> stoppedAt = new HashMap<>();

    /** @param patience how long a handler may take to stop */
    Stubborn(Duration patience) {
        this.patience = patience;
    }

    /** Those of the running attempts that were stopped longer ago than is bearable. */
    List<Attempt> among(Collection<Attempt> running, long nanoTime) {
        stoppedAt.keySet().retainAll(running);
        return running.stream()
                .filter(attempt ->
                        attempt.stopReason() == StopReason.CANCELLED || attempt.stopReason() == StopReason.DEADLINE)
                .filter(attempt -> nanoTime - stoppedAt.computeIfAbsent(attempt, _ -> nanoTime) >= patience.toNanos())
                .toList();
    }
}
