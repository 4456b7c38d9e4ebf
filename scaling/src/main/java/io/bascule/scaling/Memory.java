package io.bascule.scaling;

import java.util.List;

/**
 * What an autoscaler remembers between its decisions. Bounded by its windows and the periods of its steps.
 *
 * @param wishes what was wanted, oldest first
 * @param changes of the number of pods, oldest first
 */
public record Memory(List<Wish> wishes, List<Change> changes) {

    public static final Memory NONE = new Memory(List.of(), List.of());

    public Memory {
        wishes = List.copyOf(wishes);
        changes = List.copyOf(changes);
    }

    /** So many pods were wanted at this second. */
    public record Wish(long at, int pods) {}

    /** So many pods came at this second, or went. */
    public record Change(long at, int by) {}
}
