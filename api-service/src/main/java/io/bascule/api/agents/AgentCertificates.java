package io.bascule.api.agents;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the agents' certificates last: the least that any agent has left which was seen within a day. Every pod says
 * the same. Without a value while there is no such agent, or the database is away.
 */
class AgentCertificates implements Collector {

    private static final Logger LOG = LoggerFactory.getLogger(AgentCertificates.class);
    private static final Duration IN_USE = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AgentCertificates(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public MetricSnapshot collect() {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("bascule_agent_certificate_remaining_seconds")
                .help("Until the first certificate of an agent in use expires, whole platform");
        try {
            leastLeft()
                    .ifPresent(left -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                            .value((double) left.toSeconds())
                            .build()));
        } catch (RuntimeException away) {
            LOG.warn("the age of agents' certificates is left out of this scrape: {}", away.getMessage());
        }
        return gauge.build();
    }

    /** Of an agent that has several, the newest one counts: the others were renewed. */
    private Optional<Duration> leastLeft() {
        var now = clock.instant();
        return jdbc.sql("""
                        select min(newest.not_after) from agents a
                        cross join lateral (
                            select max(c.not_after) as not_after from certificates c
                            where c.kind = 'agent' and c.subject = a.id::text and c.revoked_at is null) newest
                        where a.revoked_at is null and a.last_seen_at > ?
                        """)
                .param(now.minus(IN_USE).atOffset(ZoneOffset.UTC))
                .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .map(expiry -> Duration.between(now, expiry.toInstant()));
    }
}
