package io.bascule.scaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Decides as Kubernetes' horizontal pod autoscaler does ({@code autoscaling/v2} with {@code behavior}): the largest wish of
 * all metrics, held back by the stabilisation windows, then by the steps, then by the range. Keeps its own history; time is
 * in seconds and never goes back. One thread.
 */
public final class Autoscaler {

    private final PodRange range;
    private final Pace pace;
    private final Deque<Wish> wishes = new ArrayDeque<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    public Autoscaler(PodRange range, Pace pace) {
        this.range = range;
        this.pace = pace;
    }

    /** The number of pods there should be from now on. Without a reading nothing changes. */
    public int decide(long now, int current, int ready, List<Reading> readings) {
        int next = current;
        if (current > range.max()) {
            next = range.max();
        } else if (current < range.min()) {
            next = range.min();
        } else if (!readings.isEmpty()) {
            int wanted = readings.stream()
                    .mapToInt(reading -> reading.wanted(current, ready))
                    .max()
                    .orElseThrow();
            next = bounded(now, current, stable(now, current, wanted));
        }
        if (next != current) {
            changes.addLast(new Change(now, next - current));
        }
        return next;
    }

    /** Not above what was wanted all through the upper window, not below what was wanted all through the lower one. */
    private int stable(long now, int current, int wanted) {
        int least = wanted;
        int most = wanted;
        for (Wish wish : wishes) {
            if (wish.at() > now - pace.up().window()) {
                least = Math.min(least, wish.pods());
            }
            if (wish.at() > now - pace.down().window()) {
                most = Math.max(most, wish.pods());
            }
        }
        wishes.addLast(new Wish(now, wanted));
        long oldest = now - Math.max(pace.up().window(), pace.down().window());
        wishes.removeIf(wish -> wish.at() <= oldest);
        return Math.min(Math.max(current, least), most);
    }

    private int bounded(long now, int current, int wanted) {
        if (wanted > current) {
            int limit = limit(current, pace.up(), step -> step.highest(atStart(now, current, step)), true);
            return Math.min(wanted, Math.min(range.max(), Math.max(limit, current)));
        }
        if (wanted < current) {
            int limit = limit(current, pace.down(), step -> step.lowest(atStart(now, current, step)), false);
            return Math.max(wanted, Math.max(range.min(), Math.min(limit, current)));
        }
        return current;
    }

    private static int limit(int current, Rules rules, ToIntFunction<Step> reach, boolean up) {
        var reached = rules.steps().stream().mapToInt(reach);
        boolean highest = up == (rules.choose() == Rules.Choice.LARGER);
        return (highest ? reached.max() : reached.min()).orElse(current);
    }

    /** How many pods there were when the step's period began. */
    private int atStart(long now, int current, Step step) {
        return current
                - changes.stream()
                        .filter(change -> change.at() > now - step.each())
                        .mapToInt(Change::by)
                        .sum();
    }

    private record Wish(long at, int pods) {}

    private record Change(long at, int by) {}
}
