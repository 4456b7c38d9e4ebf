package io.bascule.api.tunnels;

import static io.bascule.api.tunnels.TunnelRecords.timestamp;

import io.bascule.api.bridges.BridgeReport.Closed;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tunnels on record that no bridge is known to have: they may come back on another one for as long as their ends hold.
 * Every update is conditional, so that all API pods may do the same. Uses the caller's transaction.
 */
@Component
class DetachedTunnels {

    private final JdbcClient jdbc;

    DetachedTunnels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Its bridge says that it left; counts its bytes once. Empty when it lives on with a higher epoch. */
    Optional<Tunnel> left(Closed left, Instant now) {
        return jdbc
                .sql("""
                        update tunnels set left_epoch = :epoch,
                            detached_at = case when epoch <= :epoch then :now else detached_at end,
                            bytes_from_client = bytes_from_client + :fromClient,
                            bytes_from_agent = bytes_from_agent + :fromAgent
                        where id = :id and closed_at is null and left_epoch < :epoch
                        returning *
                        """)
                .param("id", left.tunnel())
                .param("epoch", left.epoch())
                .param("fromClient", left.bytesFromClient())
                .param("fromAgent", left.bytesFromAgent())
                .param("now", timestamp(now))
                .query(TunnelRecords::read)
                .list()
                .stream()
                .filter(tunnel -> tunnel.epoch() <= left.epoch())
                .findFirst();
    }

    /** A bridge does not name what it was given a while ago, or the bridge is not up any more. */
    void noteMissing(String bridge, Collection<UUID> present, Collection<String> live, Instant before, Instant now) {
        jdbc.sql("""
                        update tunnels set detached_at = :now
                        where closed_at is null and detached_at is null and opened_at < :before
                          and ((bridge_id = :bridge and id <> all(:present)) or bridge_id <> all(:live))
                        """)
                .param("now", timestamp(now))
                .param("before", timestamp(before))
                .param("bridge", bridge)
                .param("present", present.toArray(UUID[]::new))
                .param("live", live.toArray(String[]::new))
                .update();
    }

    /** A bridge names them: they are not missing at all. */
    void notePresent(String bridge, Collection<UUID> present) {
        jdbc.sql("""
                        update tunnels set detached_at = null
                        where id = any(:present) and bridge_id = :bridge and detached_at is not null and closed_at is null
                        """)
                .param("present", present.toArray(UUID[]::new))
                .param("bridge", bridge)
                .update();
    }

    /** Those that have been detached for longer than their ends hold them; of those never attached, all. */
    List<Tunnel> overdue(Instant detachedBefore) {
        return jdbc.sql("""
                        select * from tunnels
                        where closed_at is null and detached_at is not null
                          and (detached_at < :before or attached_at is null)
                        limit 500
                        """)
                .param("before", timestamp(detachedBefore))
                .query(TunnelRecords::read)
                .list();
    }
}
