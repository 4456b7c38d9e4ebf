package io.bascule.scaling;

/** What a metric says, and how many pods that asks for: the HPA's algorithm for each type of target. */
public sealed interface Reading {

    /** Within a tenth of the target nothing changes. */
    double TOLERANCE = 0.1;

    /**
     * How many pods it asks for.
     *
     * @param current pods that there are, at least 1
     * @param ready those of them that work, at least 1
     */
    int wanted(int current, int ready);

    private static boolean isNear(double ratio) {
        return Math.abs(ratio - 1) <= TOLERANCE;
    }

    /** Up, without what the last bits of a quotient add. */
    private static int ceil(double pods) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(pods - 1e-9));
    }

    /** {@code AverageValue}: a total that the pods share. */
    record Average(double total, double target) implements Reading {

        @Override
        public int wanted(int current, int ready) {
            return isNear(total / (target * current)) ? current : ceil(total / target);
        }
    }

    /** {@code Value}: a figure that more pods make smaller, whatever it is. */
    record Value(double value, double target) implements Reading {

        @Override
        public int wanted(int current, int ready) {
            double ratio = value / target;
            return isNear(ratio) ? current : ceil(ratio * ready);
        }
    }

    /**
     * {@code Utilization}: per cent of what the ready pods request. Pods that have not started yet count as idle before
     * more are asked for.
     */
    record Utilization(double percent, double target) implements Reading {

        @Override
        public int wanted(int current, int ready) {
            double ratio = percent / target;
            if (isNear(ratio)) {
                return current;
            }
            if (ratio < 1 || ready == current) {
                return ceil(ratio * ready);
            }
            double withStarting = ratio * ready / current;
            return isNear(withStarting) || withStarting < 1 ? current : ceil(withStarting * current);
        }
    }
}
