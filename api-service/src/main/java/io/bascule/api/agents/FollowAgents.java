package io.bascule.api.agents;

import io.bascule.api.bridges.AgentsSeen;
import io.bascule.api.bridges.BestEffort;
import io.bascule.api.bridges.RevokedAgents;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the agents that bridges name with those registered. */
@Component
class FollowAgents implements RevokedAgents {

    /** How exact "last seen" is; spares the database a write a second for every agent. */
    private static final Duration RESOLUTION = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final BestEffort bestEffort;

    FollowAgents(JdbcClient jdbc, BestEffort bestEffort) {
        this.jdbc = jdbc;
        this.bestEffort = bestEffort;
    }

    @Override
    public Set<UUID> among(Collection<UUID> agents) {
        return bestEffort.attempt(() -> unregistered(agents), Set.of());
    }

    private Set<UUID> unregistered(Collection<UUID> agents) {
        Set<UUID> unregistered = new HashSet<>(agents);
        jdbc.sql("select id from agents where id = any(?) and revoked_at is null")
                .param(agents.toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .forEach(unregistered::remove);
        return unregistered;
    }

    @EventListener
    void seen(AgentsSeen event) {
        bestEffort.attempt(() -> note(event), 0);
    }

    private int note(AgentsSeen event) {
        return jdbc.sql("""
                        update agents set last_seen_at = :now
                        where id = any(:agents) and (last_seen_at is null or last_seen_at < :before)
                        """)
                .param("now", event.at().atOffset(ZoneOffset.UTC))
                .param("before", event.at().minus(RESOLUTION).atOffset(ZoneOffset.UTC))
                .param("agents", event.agents().toArray(UUID[]::new))
                .update();
    }
}
