package io.bascule.benchmarks.tasks;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Medians of all rounds as a table in Markdown, with our ratio to each peer. */
final class Report {

    private static final List<Line> LINES = List.of(
            new Line("accepted/s, one by one", "enq", "single"),
            new Line("accepted/s, 50 at once", "enq", "together"),
            new Line("accepted/s, 1,000 a call", "enq", "bulk"),
            new Line("accepted/s over HTTP, 50 at once", "http", "together"),
            new Line("processor time a task of the server, µs", "http", "togetherServer"),
            new Line("processor time a task of the store, µs", "http", "togetherStore"),
            new Line("processor time a task of the callers, µs", "http", "togetherCallers"),
            new Line("accepted/s over HTTP, 1,000 a call", "http", "bulk"),
            new Line("processor time a task of the server then, µs", "http", "bulkServer"),
            new Line("processor time a task of the store then, µs", "http", "bulkStore"),
            new Line("processor time a task of the callers then, µs", "http", "bulkCallers"),
            new Line("processed/s, last handler", "proc", "handled"),
            new Line("processed/s, drained", "proc", "drained"),
            new Line("pickup at 100/s, p50 ms", "lat", "p50"),
            new Line("pickup at 100/s, p99 ms", "lat", "p99"),
            new Line("the same, 2 % take 1 s, p50 ms", "mix", "p50"),
            new Line("the same, 2 % take 1 s, p99 ms", "mix", "p99"),
            new Line("B behind 50,000 of A, p50 ms", "fair", "p50"),
            new Line("B behind 50,000 of A, p99 ms", "fair", "p99"),
            new Line("queued, 100 queues of limit 2, processed/s", "queued", "limited"),
            new Line("the same without limits, processed/s", "queued", "unlimited"),
            new Line("what limits cost, part of it", "queued", "cost"),
            new Line("starts beyond a limit", "queued", "breaches"),
            new Line("queued, pickup at 100/s, p50 ms", "queued", "p50"),
            new Line("queued, pickup at 100/s, p99 ms", "queued", "p99"),
            new Line("two workers of 25 slots: with limits, processed/s", "wide", "limited"),
            new Line("two workers of 25 slots: without, processed/s", "wide", "unlimited"),
            new Line("two workers of 25 slots: starts beyond a limit", "wide", "breaches"),
            new Line("two workers of 25 slots: pickup at 100/s, p50 ms", "wide", "p50"),
            new Line("two workers of 25 slots: pickup at 100/s, p99 ms", "wide", "p99"),
            new Line("instant worker, most memory at its start, MiB", "memory", "started"),
            new Line("instant worker, most memory at work, MiB", "memory", "worked"));

    private final List<Measurement> measurements;
    private final List<String> engines;

    Report(List<Measurement> measurements, List<String> engines) {
        this.measurements = measurements;
        this.engines = engines;
    }

    /** The first engine is ours; a peer's cell has our figure divided by the peer's in brackets. */
    String markdown() {
        String head = "| | " + String.join(" | ", engines) + " |\n|---|" + "---:|".repeat(engines.size()) + "\n";
        return head
                + LINES.stream()
                        .filter(line -> median(engines.getFirst(), line).isPresent())
                        .map(this::row)
                        .collect(Collectors.joining("\n"));
    }

    private String row(Line line) {
        double ours = median(engines.getFirst(), line).orElseThrow();
        String cells = engines.stream().map(engine -> cell(engine, line, ours)).collect(Collectors.joining(" | "));
        return "| %s | %s |".formatted(line.title(), cells);
    }

    private String cell(String engine, Line line, double ours) {
        OptionalDouble median = median(engine, line);
        if (median.isEmpty()) {
            return "–";
        }
        String figure = number(median.getAsDouble());
        return engine.equals(engines.getFirst()) ? figure : "%s (×%.2f)".formatted(figure, ours / median.getAsDouble());
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure < 100 ? "%.2f" : "%,.0f", figure);
    }

    private OptionalDouble median(String engine, Line line) {
        double[] sorted = measurements.stream()
                .filter(it -> it.engine().equals(engine) && it.phase().equals(line.phase()))
                .mapToDouble(it -> it.figures().getOrDefault(line.figure(), Double.NaN))
                .sorted()
                .toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[(sorted.length - 1) / 2]);
    }

    private record Line(String title, String phase, String figure) {}
}
