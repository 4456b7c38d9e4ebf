package io.bascule.api.tasks.gauges;

import io.bascule.tasks.gauge.GaugeLease;
import io.bascule.tasks.gauge.JdbcGauges;
import io.bascule.tasks.gauge.JdbcTaskTotals;
import io.bascule.tasks.gauge.PlatformLoad;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds the platform's load and its tasks' totals to the scrape, or nothing: when another pod publishes it, or while the database is away. */
class PlatformGauges implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformGauges.class);

    private final JdbcGauges gauges;
    private final JdbcTaskTotals totals;
    private final GaugeLease lease;

    PlatformGauges(JdbcGauges gauges, JdbcTaskTotals totals, GaugeLease lease) {
        this.gauges = gauges;
        this.totals = totals;
        this.lease = lease;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return gauges.platform(lease)
                    .map(load -> new MetricSnapshots(Stream.concat(loads(load), TaskTotalSeries.of(totals.read()))
                            .toList()))
                    .orElseGet(() -> new MetricSnapshots());
        } catch (RuntimeException away) {
            LOG.warn("the platform's gauges are left out of this scrape: {}", away.getMessage());
            return new MetricSnapshots();
        }
    }

    private static Stream<MetricSnapshot> loads(PlatformLoad load) {
        return Stream.of(
                gauge("instant_tasks_jobs_active", "Instant tasks that run, whole platform", load.instantActive()),
                gauge("instant_tasks_jobs_waiting", "Instant tasks that wait, whole platform", load.instantWaiting()),
                gauge("queued_tasks_workers", "Queued workers that live, whole platform", load.queuedWorkers()),
                gauge(
                        "queued_tasks_workers_required",
                        "Queued workers that could work now, whole platform",
                        load.queuedWorkersRequired()),
                depths(load));
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        GaugeDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static GaugeSnapshot depths(PlatformLoad load) {
        var depths = GaugeSnapshot.builder().name("queue_depth").help("Tasks that wait, by workspace and queue");
        load.depths()
                .forEach(depth -> depths.dataPoint(GaugeDataPointSnapshot.builder()
                        .value((double) depth.waiting())
                        .labels(Labels.of("workspace", depth.workspace(), "queue", depth.queue()))
                        .build()));
        return depths.build();
    }
}
