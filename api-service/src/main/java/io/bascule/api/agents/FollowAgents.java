package io.bascule.api.agents;

import io.bascule.api.bridges.AgentsSeen;
import io.bascule.api.bridges.RevokedAgents;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Compares the agents that bridges name with those registered. Presence has to go on without the database, so whatever
 * cannot be found out or noted now is left to the next report.
 */
@Component
class FollowAgents implements RevokedAgents {

    private static final Logger log = LoggerFactory.getLogger(FollowAgents.class);

    /** How exact "last seen" is; spares the database a write a second for every agent. */
    private static final Duration RESOLUTION = Duration.ofMinutes(1);

    private final JdbcClient jdbc;

    FollowAgents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<UUID> among(Collection<UUID> agents) {
        try {
            Set<UUID> refused = new HashSet<>(agents);
            jdbc.sql("select id from agents where id = any(?) and revoked_at is null")
                    .param(agents.toArray(UUID[]::new))
                    .query(UUID.class)
                    .list()
                    .forEach(refused::remove);
            return refused;
        } catch (DataAccessException | TransactionException e) {
            log.warn("Revoked agents cannot be looked up now: {}", e.getMessage());
            return Set.of();
        }
    }

    @EventListener
    void seen(AgentsSeen event) {
        try {
            jdbc.sql("""
                            update agents set last_seen_at = :now
                            where id = any(:agents) and (last_seen_at is null or last_seen_at < :before)
                            """)
                    .param("now", event.at().atOffset(ZoneOffset.UTC))
                    .param("before", event.at().minus(RESOLUTION).atOffset(ZoneOffset.UTC))
                    .param("agents", event.agents().toArray(UUID[]::new))
                    .update();
        } catch (DataAccessException | TransactionException e) {
            log.warn("When agents were last seen cannot be noted now: {}", e.getMessage());
        }
    }
}
