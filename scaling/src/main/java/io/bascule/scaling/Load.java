package io.bascule.scaling;

import java.util.List;

/** How many jobs come in each second. */
public sealed interface Load {

    double at(int second);

    /** Always as many. */
    record Steady(double perSecond) implements Load {

        public Steady {
            requireRate(perSecond);
        }

        @Override
        public double at(int second) {
            return perSecond;
        }
    }

    /** As many as ever, and for some time a peak. */
    record Spike(double perSecond, double peak, int from, int to) implements Load {

        public Spike {
            requireRate(perSecond);
            requireRate(peak);
            if (from < 0 || to < from) {
                throw new IllegalArgumentException(
                        "a spike from %d s to %d s (expected: an end after the start)".formatted(from, to));
            }
        }

        @Override
        public double at(int second) {
            return second >= from && second < to ? peak : perSecond;
        }
    }

    /** A curve between the least, at the start, and the most, after half a period. */
    record Daily(double least, double most, int period) implements Load {

        public Daily {
            requireRate(least);
            requireRate(most);
            if (period < 1) {
                throw new IllegalArgumentException("a period of %d s (expected: 1 or more)".formatted(period));
            }
        }

        @Override
        public double at(int second) {
            return least + (most - least) * (1 - Math.cos(2 * Math.PI * second / period)) / 2;
        }
    }

    /** What was measured: jobs a second from each of its seconds on, which grow and are less than a week. Before the first none come. */
    record Recorded(List<Sample> samples) implements Load {

        /** A week at one sample a second would be more than a page or a file of a person holds. */
        public static final int MOST_SAMPLES = 100_000;

        /** Jobs a second from this second on. */
        public record Sample(int second, double perSecond) {

            public Sample {
                requireRate(perSecond);
            }
        }

        public Recorded {
            if (samples.isEmpty() || samples.size() > MOST_SAMPLES) {
                throw new IllegalArgumentException(
                        "a recorded load of %d samples (expected: 1 to %d)".formatted(samples.size(), MOST_SAMPLES));
            }
            samples = List.copyOf(samples);
            for (int i = 0; i < samples.size(); i++) {
                int before = i == 0 ? -1 : samples.get(i - 1).second();
                if (samples.get(i).second() <= before) {
                    throw new IllegalArgumentException("sample %d at %d s after %d s (expected: seconds that grow)"
                            .formatted(i, samples.get(i).second(), before));
                }
            }
            int last = samples.getLast().second();
            if (last >= Simulation.MOST_SECONDS) {
                throw new IllegalArgumentException("a sample at %d s (expected: less than a week)".formatted(last));
            }
        }

        /** From the start to the last sample and as long again as the time before that, in seconds; at least 1. */
        public int seconds() {
            int last = samples.getLast().second();
            int lasting = samples.size() == 1
                    ? 1
                    : last - samples.get(samples.size() - 2).second();
            return last + lasting;
        }

        @Override
        public double at(int second) {
            int from = 0;
            int to = samples.size();
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (samples.get(middle).second() <= second) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from == 0 ? 0 : samples.get(from - 1).perSecond();
        }
    }

    private static void requireRate(double perSecond) {
        if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("%s jobs a second (expected: 0 or more)".formatted(perSecond));
        }
    }
}
