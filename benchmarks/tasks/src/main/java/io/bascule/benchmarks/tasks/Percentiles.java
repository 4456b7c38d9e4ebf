package io.bascule.benchmarks.tasks;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Of times in nanoseconds, told in milliseconds. */
final class Percentiles {

    private static final double NANOS = 1e6;

    private Percentiles() {}

    static Map<String, Double> of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        Map<String, Double> figures = new TreeMap<>();
        figures.put("samples", (double) sorted.length);
        figures.put("p50", at(sorted, 0.5));
        figures.put("p99", at(sorted, 0.99));
        figures.put("max", at(sorted, 1));
        return figures;
    }

    private static double at(long[] sorted, double part) {
        int index = Math.min(sorted.length - 1, (int) (sorted.length * part));
        return Math.round(sorted[index] / NANOS * 100) / 100.0;
    }
}
