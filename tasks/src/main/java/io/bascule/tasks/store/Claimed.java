package io.bascule.tasks.store;

import io.bascule.tasks.ClaimedTask;
import java.util.List;

/**
 * What a claim brought.
 *
 * @param tasks in the order in which to start them
 * @param tour where the next claim goes on
 * @param more whether the next claim may find more: not everything was looked at, or a workspace filled its part
 */
public record Claimed(List<ClaimedTask> tasks, Tour tour, boolean more) {

    public Claimed {
        tasks = List.copyOf(tasks);
    }
}
