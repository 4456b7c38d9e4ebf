package io.bascule.api.webhooks.delivery;

import io.bascule.tasks.gauge.GaugeLease;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds how many deliveries wait, on the whole platform, to the scrape of the pod that publishes the platform's gauges. */
class WaitingDeliveries implements MultiCollector {

    private static final Logger log = LoggerFactory.getLogger(WaitingDeliveries.class);

    private static final String WAITING = """
            select (select count(*) from webhook_deliveries where next_at is not null) from gauge_lease
            where holder = ? and held_until > clock_timestamp() and publish_from <= clock_timestamp()""";

    private final JdbcClient database;
    private final GaugeLease lease;

    WaitingDeliveries(JdbcClient database, GaugeLease lease) {
        this.database = database;
        this.lease = lease;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return database.sql(WAITING)
                    .param(lease.holder())
                    .query(Long.class)
                    .optional()
                    .map(waiting -> new MetricSnapshots(gauge(waiting)))
                    .orElseGet(() -> new MetricSnapshots());
        } catch (RuntimeException away) {
            log.warn("the number of waiting deliveries is left out of this scrape: {}", away.getMessage());
            return new MetricSnapshots();
        }
    }

    private static GaugeSnapshot gauge(long waiting) {
        return GaugeSnapshot.builder()
                .name("bascule_webhook_deliveries_waiting")
                .help("Deliveries to webhooks that wait or are being sent, whole platform")
                .dataPoint(
                        GaugeDataPointSnapshot.builder().value((double) waiting).build())
                .build();
    }
}
