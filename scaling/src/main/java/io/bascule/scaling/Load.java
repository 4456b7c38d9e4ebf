package io.bascule.scaling;

import java.util.ArrayList;
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

    /** What was measured: lines of a second and jobs a second, in order; each rate holds until the next line. */
    record Recorded(List<Sample> samples) implements Load {

        /** Jobs a second from this second on. */
        public record Sample(int second, double perSecond) {}

        public Recorded {
            if (samples.isEmpty()) {
                throw new IllegalArgumentException("a recorded load without a line (expected: SECOND,JOBS_PER_SECOND)");
            }
            samples = List.copyOf(samples);
        }

        /** Reads {@code SECOND,JOBS_PER_SECOND} lines; the error names the line. */
        public static Recorded of(List<String> lines) {
            List<Sample> samples = new ArrayList<>();
            for (String line : lines) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    samples.add(sample(
                            line, samples.isEmpty() ? -1 : samples.getLast().second()));
                }
            }
            return new Recorded(samples);
        }

        private static Sample sample(String line, int after) {
            String[] parts = line.split(",", -1);
            try {
                Sample sample = new Sample(Integer.parseInt(parts[0].strip()), Double.parseDouble(parts[1].strip()));
                requireRate(sample.perSecond());
                if (sample.second() > after) {
                    return sample;
                }
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException notOne) {
                throw new IllegalArgumentException(wrong(line), notOne);
            }
            throw new IllegalArgumentException(wrong(line));
        }

        private static String wrong(String line) {
            return "line \"%s\" (expected: SECOND,JOBS_PER_SECOND, with seconds that grow)".formatted(line);
        }

        @Override
        public double at(int second) {
            double rate = 0;
            for (Sample sample : samples) {
                if (sample.second() > second) {
                    break;
                }
                rate = sample.perSecond();
            }
            return rate;
        }
    }

    private static void requireRate(double perSecond) {
        if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("%s jobs a second (expected: 0 or more)".formatted(perSecond));
        }
    }
}
