package io.bascule.runner.jobs;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which process of a language is to be made ready or given up next. As many wait as are likely to be asked for while
 * another one starts, so that a busy pool is large and an idle one small.
 *
 * @param least that wait for jobs with the memory that they get by default, whether any come or not
 * @param most that wait at all, of every memory and bundle together
 */
record RefillPolicy(int least, int most) {

    /** Fewer than about one in twenty seconds come back too seldom to keep a process waiting for them. */
    private static final double SELDOM_PER_SECOND = 0.05;

    /** The start of a process would take the processors from the very job that took one; most jobs are over by then. */
    private static final Duration AFTER_YOU = Duration.ofMillis(20);

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

        record Start(WarmKind kind) implements Refill {}

        /** Nobody has come for it, or its place is needed. */
        record GiveUp(WarmKind kind) implements Refill {}

        /** Nobody has come for such a one, none is there, and none is expected. */
        record Forget(WarmKind kind) implements Refill {}

        /** Nothing, unless something happens meanwhile. */
        record Wait(Duration atMost) implements Refill {}
    }

    /**
     * The processes of one kind.
     *
     * @param usual whether jobs get this kind by default
     * @param perSecond how many were asked for lately
     * @param startTakes how long it takes to make one ready
     * @param unused since one was asked for
     * @param unreplaced since the first was taken of those that have no successor yet
     */
    record Shelf(
            WarmKind kind,
            boolean usual,
            int ready,
            double perSecond,
            Duration startTakes,
            Duration unused,
            Duration unreplaced) {

        private boolean isSeldom() {
            return perSecond < SELDOM_PER_SECOND;
        }

        /** The mean of what comes during a start, and twice its deviation, as for arrivals that know nothing of each other. */
        private int expectedDuringAStart() {
            double mean = perSecond
                    * startTakes.plus(AFTER_YOU).toNanos()
                    / Duration.ofSeconds(1).toNanos();
            return isSeldom() ? 0 : (int) Math.max(1, Math.ceil(mean + 2 * Math.sqrt(mean)));
        }

        /** What it holds for its processes, a bundle that is, is of use to nobody then. */
        private boolean isForgotten(int wanted) {
            return !usual && ready == 0 && wanted == 0 && unused.compareTo(GIVE_UP_AFTER) >= 0;
        }

        /** None is made ready at once after one was taken, unless that was the last. */
        private Duration untilAfterYou() {
            Duration left = AFTER_YOU.minus(unreplaced);
            return ready == 0 || left.isNegative() ? Duration.ZERO : left;
        }
    }

    /** Decides; {@code untilAllowed} says how long starts have to wait for their budget. */
    Refill next(List<Shelf> shelves, Duration untilAllowed) {
        Map<WarmKind, Integer> wanted = wanted(shelves);
        Optional<Shelf> lacking = shelves.stream()
                .filter(shelf -> shelf.ready() < wanted.getOrDefault(shelf.kind(), 0))
                .max(Comparator.comparingInt(shelf -> wanted.getOrDefault(shelf.kind(), 0) - shelf.ready()));
        Optional<Shelf> surplus = shelves.stream()
                .filter(shelf -> shelf.ready() > wanted.getOrDefault(shelf.kind(), 0))
                .max(Comparator.comparing(Shelf::unused));
        int ready = shelves.stream().mapToInt(Shelf::ready).sum();
        boolean placeNeeded = ready > most || (lacking.isPresent() && ready >= most);
        if (surplus.isPresent() && (placeNeeded || surplus.get().unused().compareTo(GIVE_UP_AFTER) >= 0)) {
            return new Refill.GiveUp(surplus.get().kind());
        }
        Optional<Shelf> forgotten = shelves.stream()
                .filter(shelf -> shelf.isForgotten(wanted.getOrDefault(shelf.kind(), 0)))
                .findFirst();
        if (forgotten.isPresent()) {
            return new Refill.Forget(forgotten.get().kind());
        }
        if (lacking.isEmpty() || placeNeeded) {
            return new Refill.Wait(LOOK_AGAIN);
        }
        Duration afterYou = lacking.get().untilAfterYou();
        Duration wait = afterYou.compareTo(untilAllowed) > 0 ? afterYou : untilAllowed;
        return wait.isZero() ? new Refill.Start(lacking.get().kind()) : new Refill.Wait(wait);
    }

    /** The usual kind first, then what is asked for most often, until all places are given. */
    private Map<WarmKind, Integer> wanted(List<Shelf> shelves) {
        var wanted = new HashMap<WarmKind, Integer>();
        int places = most;
        List<Shelf> inOrder = shelves.stream()
                .sorted(Comparator.comparing(Shelf::usual)
                        .thenComparingDouble(Shelf::perSecond)
                        .reversed())
                .toList();
        for (Shelf shelf : inOrder) {
            int needed = Math.max(shelf.usual() ? least : 0, shelf.expectedDuringAStart());
            int given = Math.min(needed, places);
            wanted.put(shelf.kind(), given);
            places -= given;
        }
        return wanted;
    }
}
