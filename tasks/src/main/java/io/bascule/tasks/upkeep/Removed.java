package io.bascule.tasks.upkeep;

import java.util.ArrayList;
import java.util.List;

/**
 * What one pass of {@link Retention} removed.
 *
 * @param eventDays days of events, dropped whole
 * @param historyDays days of ended tasks (months, of an earlier version), dropped whole
 * @param strayRows rows that had gone to a default partition
 * @param keys idempotency keys
 * @param callbacks of ended tasks that are gone
 * @param workers workers not seen any more
 * @param heldEventDays days of events that are over but not published and counted yet
 */
public record Removed(
        int eventDays, int historyDays, int strayRows, int keys, int callbacks, int workers, int heldEventDays) {

    /** How much it is, whatever its kind. */
    int size() {
        return eventDays + historyDays + strayRows + keys + callbacks + workers;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, eventDays, "day(s) of events");
        add(parts, historyDays, "day(s) of task history");
        add(parts, strayRows, "row(s) of default partitions");
        add(parts, keys, "idempotency key(s)");
        add(parts, callbacks, "callback(s)");
        add(parts, workers, "worker(s) of the past");
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int number, String kind) {
        if (number > 0) {
            parts.add(number + " " + kind);
        }
    }
}
