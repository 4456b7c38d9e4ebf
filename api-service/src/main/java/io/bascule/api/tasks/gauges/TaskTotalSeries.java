package io.bascule.api.tasks.gauges;

import io.bascule.tasks.gauge.CountTaskEvents;
import io.bascule.tasks.gauge.TaskTotals;
import io.bascule.tasks.gauge.TaskTotals.Count;
import io.bascule.tasks.gauge.TaskTotals.Distribution;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.stream.Stream;

/** The totals as Prometheus knows counters and histograms. Labels are bounded by the lanes, the known types and the ends. */
final class TaskTotalSeries {

    private static final List<Double> BOUNDS = Stream.concat(
                    CountTaskEvents.BOUNDS.stream(), Stream.of(Double.POSITIVE_INFINITY))
            .toList();

    private TaskTotalSeries() {}

    static Stream<MetricSnapshot> of(TaskTotals totals) {
        return Stream.of(
                counter("bascule_task_accepted", "Tasks taken in, whole platform", totals.accepted()),
                counter("bascule_task_started", "Attempts started, whole platform", totals.started()),
                counter("bascule_task_finished", "Tasks that ended, by how, whole platform", totals.finished()),
                histogram(
                        "bascule_task_wait_seconds",
                        "From when an attempt might have started until it did, whole platform",
                        totals.waits()),
                histogram(
                        "bascule_task_run_seconds",
                        "From an attempt's start until its end or return, whole platform",
                        totals.runs()));
    }

    private static CounterSnapshot counter(String name, String help, List<Count> counts) {
        var counter = CounterSnapshot.builder().name(name).help(help);
        counts.forEach(count -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .value((double) count.number())
                .labels(labels(count))
                .build()));
        return counter.build();
    }

    private static Labels labels(Count count) {
        Labels labels = labels(count.lane(), count.type());
        return count.outcome().isEmpty() ? labels : labels.merge(Labels.of("outcome", count.outcome()));
    }

    private static Labels labels(String lane, String type) {
        return Labels.of("lane", lane, "type", type);
    }

    private static HistogramSnapshot histogram(String name, String help, List<Distribution> distributions) {
        var histogram = HistogramSnapshot.builder().name(name).help(help);
        distributions.forEach(times -> histogram.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels(times.lane(), times.type()))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, times.numbers()))
                .sum(times.seconds())
                .build()));
        return histogram.build();
    }
}
