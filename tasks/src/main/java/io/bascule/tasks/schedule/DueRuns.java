package io.bascule.tasks.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a schedule now.
 *
 * @param runs to be submitted now, oldest first; at most 100
 * @param next what comes after them; null when nothing does
 */
public record DueRuns(List<Occurrence> runs, @Nullable Occurrence next) {

    public DueRuns {
        runs = List.copyOf(runs);
    }
}
