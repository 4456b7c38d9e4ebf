package io.bascule.scaling;

import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.Memory.Change;
import io.bascule.scaling.Memory.Wish;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Decides as Kubernetes' horizontal pod autoscaler does ({@code autoscaling/v2} with {@code behavior}): the largest wish of
 * all metrics, held back by the stabilisation windows, then by the steps, then by the range. Keeps its own history, which
 * another one can go on with; time is in seconds and never goes back. One thread.
 */
public final class Autoscaler {

    private final PodRange range;
    private final Pace pace;
    private final Deque<Wish> wishes;
    private final Deque<Change> changes;

    public Autoscaler(PodRange range, Pace pace) {
        this(range, pace, Memory.NONE);
    }

    /** Goes on with what another one remembered. */
    public Autoscaler(PodRange range, Pace pace, Memory memory) {
        this.range = range;
        this.pace = pace;
        this.wishes = new ArrayDeque<>(memory.wishes());
        this.changes = new ArrayDeque<>(memory.changes());
    }

    public Memory memory() {
        return new Memory(List.copyOf(wishes), List.copyOf(changes));
    }

    /** The number of pods there should be from now on. Without a reading nothing changes. */
    public Decision decide(long now, int current, int ready, List<Reading> readings) {
        int wanted = readings.stream()
                .mapToInt(reading -> reading.wanted(current, ready))
                .max()
                .orElse(current);
        Decision decision;
        if (current > range.max()) {
            decision = new Decision(range.max(), wanted, Hold.MOST);
        } else if (current < range.min()) {
            decision = new Decision(range.min(), wanted, Hold.LEAST);
        } else if (readings.isEmpty()) {
            decision = new Decision(current, current, Hold.BLINDNESS);
        } else {
            int stable = stable(now, current, wanted);
            int next = bounded(now, current, stable);
            decision = new Decision(next, wanted, hold(wanted, stable, next));
        }
        remember(now, decision.pods() - current);
        return decision;
    }

    private void remember(long now, int by) {
        if (by != 0) {
            changes.addLast(new Change(now, by));
        }
        int longest = Stream.concat(pace.up().steps().stream(), pace.down().steps().stream())
                .mapToInt(Step::each)
                .max()
                .orElse(0);
        changes.removeIf(change -> change.at() <= now - longest);
    }

    private Hold hold(int wanted, int stable, int next) {
        if (next == wanted) {
            return Hold.NOTHING;
        } else if (next == stable) {
            return Hold.WINDOW;
        } else if (next == range.max() && stable > next) {
            return Hold.MOST;
        }
        return next == range.min() && stable < next ? Hold.LEAST : Hold.STEPS;
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
}
