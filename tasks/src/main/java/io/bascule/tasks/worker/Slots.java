package io.bascule.tasks.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places in which handlers run, as many as the worker has and no more of one workspace than its share. What was claimed
 * ahead waits here for the next place, in the order of its claim. Safe for use by many threads.
 */
final class Slots {

    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

    private final int number;
    private final int share;
    private final Consumer<Attempt> start;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<UUID, Integer> taken = new HashMap<>();
    private int busy;

    /** @param start starts an attempt in its place, at once and without waiting; {@link #free} ends it */
    Slots(WorkerSettings settings, Consumer<Attempt> start) {
        this.number = settings.concurrency();
        this.share = settings.workspaceShare();
        this.start = start;
    }

    /** Starts it now, or when a place is free for it. */
    synchronized void take(Attempt attempt) {
        if (fits(attempt)) {
            begin(attempt);
        } else {
            waiting.add(new Waiting(attempt, System.nanoTime()));
        }
    }

    private boolean fits(Attempt attempt) {
        return busy < number && taken.getOrDefault(attempt.workspace(), 0) < share;
    }

    private void begin(Attempt attempt) {
        start.accept(attempt);
        busy++;
        taken.merge(attempt.workspace(), 1, Integer::sum);
    }

    /** Its place is free for the next. */
    synchronized void free(Attempt attempt) {
        busy--;
        taken.computeIfPresent(attempt.workspace(), (_, places) -> places > 1 ? places - 1 : null);
        for (Iterator<Waiting> next = waiting.iterator(); next.hasNext() && busy < number; ) {
            Attempt candidate = next.next().attempt();
            if (fits(candidate)) {
                try {
                    begin(candidate);
                    next.remove();
                } catch (RuntimeException | Error failure) {
                    // It waits for the next place, or to be handed back; whoever was here has an end to tell.
                    LOG.error("task {} could not be started", candidate.task(), failure);
                }
                return;
            }
        }
    }

    /** Handlers that have a place. */
    synchronized int busy() {
        return busy;
    }

    /** Attempts that wait for a place. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Takes away what has waited since before a moment of {@link System#nanoTime()}; it will not be started. */
    synchronized List<Attempt> takeWaitingSince(long moment) {
        List<Attempt> late = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.element().since() - moment <= 0) {
            late.add(waiting.remove().attempt());
        }
        return late;
    }

    private record Waiting(Attempt attempt, long since) {}
}
