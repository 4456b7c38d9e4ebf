package io.bascule.scaling;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a simulation showed, second by second. */
public record Course(List<Moment> moments, Work work) {

    public Course {
        moments = List.copyOf(moments);
    }

    /** The figures that decide between policies. */
    public Summary summary() {
        double[] waits = waits();
        return new Summary(
                moments.stream().mapToInt(Moment::pods).max().orElse(0),
                moments.stream().mapToInt(Moment::pods).sum() / 3600.0,
                changes(),
                moments.stream().mapToDouble(Moment::waiting).max().orElse(0),
                share(waits, 0.5),
                share(waits, 0.99));
    }

    private int changes() {
        int changes = 0;
        for (int i = 1; i < moments.size(); i++) {
            if (moments.get(i).pods() != moments.get(i - 1).pods()) {
                changes++;
            }
        }
        return changes;
    }

    /** How long the jobs of each second waited for a slot, first come, first served, at the pace of that second's pods. */
    private double[] waits() {
        double[] waits = new double[moments.size()];
        for (int i = 0; i < waits.length; i++) {
            Moment moment = moments.get(i);
            waits[i] = moment.waiting() / work.perSecond(Math.max(1, moment.ready()));
        }
        return waits;
    }

    /** The wait that this share of all jobs did not exceed. */
    private double share(double[] waits, double share) {
        double all = moments.stream().mapToDouble(Moment::arrivals).sum();
        var order = IntStream.range(0, waits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> waits[i]))
                .toList();
        double counted = 0;
        for (int i : order) {
            counted += moments.get(i).arrivals();
            if (counted >= all * share) {
                return waits[i];
            }
        }
        return 0;
    }

    /**
     * A course in a few figures.
     *
     * @param podHours pods times hours: what it costs
     * @param changes how often the number of pods changed
     * @param waitP50 seconds that half of the jobs did not wait longer than
     */
    public record Summary(
            int mostPods, double podHours, int changes, double mostWaiting, double waitP50, double waitP99) {}
}
