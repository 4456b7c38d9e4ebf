package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.MemorySize;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides which process of a language is to be made ready or given up next. As many wait as are likely to be asked for while
 * another one starts, so that a busy pool is large and an idle one small.
 *
 * @param least that wait for jobs with the memory that they get by default, whether any come or not
 * @param most that wait at all, of every memory together
 */
record RefillPolicy(int least, int most) {

    /** Fewer than about one in twenty seconds come back too seldom to keep a process waiting for them. */
    private static final double SELDOM_PER_SECOND = 0.05;

    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    RefillPolicy {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException(
                    "least %d, most %d (expected: 0 <= least <= most)".formatted(least, most));
        }
    }

    /** What is to be done next. */
    sealed interface Refill {

        record Start(MemorySize memory) implements Refill {}

        /** Nobody has come for it, or its place is needed. */
        record GiveUp(MemorySize memory) implements Refill {}

        /** Nothing, unless something happens meanwhile. */
        record Wait(Duration atMost) implements Refill {}
    }

    /**
     * The processes of one memory size.
     *
     * @param usual whether jobs get this size by default
     * @param perSecond how many were asked for lately
     * @param startTakes how long it takes to make one ready
     * @param unused since one was asked for
     */
    record Shelf(MemorySize memory, boolean usual, int ready, double perSecond, Duration startTakes, Duration unused) {

        private boolean isSeldom() {
            return perSecond < SELDOM_PER_SECOND;
        }

        /** The mean of what comes during a start, and twice its deviation, as for arrivals that know nothing of each other. */
        private int expectedDuringAStart() {
            double mean =
                    perSecond * startTakes.toNanos() / Duration.ofSeconds(1).toNanos();
            return isSeldom() ? 0 : (int) Math.max(1, Math.ceil(mean + 2 * Math.sqrt(mean)));
        }
    }

    /** Decides; {@code untilAllowed} says how long starts have to wait for their budget. */
    Refill next(List<Shelf> shelves, Duration untilAllowed) {
        Map<MemorySize, Integer> wanted = wanted(shelves);
        Optional<Shelf> lacking = shelves.stream()
                .filter(shelf -> shelf.ready() < wanted.getOrDefault(shelf.memory(), 0))
                .max(Comparator.comparingInt(shelf -> wanted.getOrDefault(shelf.memory(), 0) - shelf.ready()));
        Optional<Shelf> surplus = shelves.stream()
                .filter(shelf -> shelf.ready() > wanted.getOrDefault(shelf.memory(), 0))
                .max(Comparator.comparing(Shelf::unused));
        int ready = shelves.stream().mapToInt(Shelf::ready).sum();
        boolean placeNeeded = ready > most || (lacking.isPresent() && ready >= most);
        if (surplus.isPresent() && (placeNeeded || surplus.get().unused().compareTo(GIVE_UP_AFTER) >= 0)) {
            return new Refill.GiveUp(surplus.get().memory());
        }
        if (lacking.isEmpty() || placeNeeded) {
            return new Refill.Wait(LOOK_AGAIN);
        }
        return untilAllowed.isZero() ? new Refill.Start(lacking.get().memory()) : new Refill.Wait(untilAllowed);
    }

    /** The usual size first, then what is asked for most often, until all places are given. */
    private Map<MemorySize, Integer> wanted(List<Shelf> shelves) {
        var wanted = new TreeMap<MemorySize, Integer>(Comparator.comparingInt(MemorySize::mebibytes));
        int places = most;
        List<Shelf> inOrder = shelves.stream()
                .sorted(Comparator.comparing(Shelf::usual)
                        .thenComparingDouble(Shelf::perSecond)
                        .reversed())
                .toList();
        for (Shelf shelf : inOrder) {
            int needed = Math.max(shelf.usual() ? least : 0, shelf.expectedDuringAStart());
            int given = Math.min(needed, places);
            wanted.put(shelf.memory(), given);
            places -= given;
        }
        return wanted;
    }
}
