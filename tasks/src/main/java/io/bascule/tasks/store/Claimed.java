package io.bascule.tasks.store;

import io.bascule.tasks.ClaimedTask;
import java.util.List;
import java.util.UUID;

/**
 * What a claim brought.
 *
 * @param tasks in the order in which to start them
 * @param after where the ring goes on at the next claim
 * @param more whether the next claim may find more: not every workspace was looked at, or one filled its part
 */
public record Claimed(List<ClaimedTask> tasks, UUID after, boolean more) {

    public Claimed {
        tasks = List.copyOf(tasks);
    }
}
