package io.bascule.api.tunnels;

import io.bascule.api.bridges.BridgeReport.Attached;
import io.bascule.api.bridges.BridgeReport.Closed;
import io.bascule.api.bridges.CarriedTunnels.Closing;
import io.bascule.api.tunnels.Tunnel.Named;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tunnels on record, in PostgreSQL. Every update is conditional and says whether it did anything, so that what is
 * reported twice is audited once. Uses the caller's transaction.
 */
@Component
class TunnelRecords {

    private final JdbcClient jdbc;

    TunnelRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param token that it was opened with, if it was */
    void add(Tunnel tunnel, @Nullable UUID token) {
        jdbc.sql("""
                        insert into tunnels (id, workspace_id, resource_id, resource_name, resource_kind, agent_id,
                            agent_name, user_id, username, task_id, epoch, bridge_id, opened_at, credential)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(tunnel.id())
                .param(tunnel.workspace())
                .param(tunnel.resource().id())
                .param(tunnel.resource().name())
                .param(tunnel.kind())
                .param(tunnel.agent().id())
                .param(tunnel.agent().name())
                .param(tunnel.user().id())
                .param(tunnel.user().name())
                .param(tunnel.task())
                .param(tunnel.epoch())
                .param(tunnel.bridge())
                .param(timestamp(tunnel.openedAt()))
                .param(token == null ? null : credential(token))
                .update();
    }

    /** Those of the given tunnels that have not ended. */
    List<Tunnel> findOpen(Collection<UUID> ids) {
        return jdbc.sql("select * from tunnels where id = any(?) and closed_at is null")
                .param(ids.toArray(UUID[]::new))
                .query(TunnelRecords::read)
                .list();
    }

    /** Its ends met on this bridge; empty when that is known already, or a higher epoch is, or it has ended. */
    Optional<Attachment> attach(String bridge, Attached attached, Instant now) {
        return jdbc.sql("""
                        update tunnels set epoch = :epoch, bridge_id = :bridge, detached_at = null,
                            attached_at = coalesce(attached_at, :now)
                        where id = :id and closed_at is null
                          and (epoch < :epoch or (epoch = :epoch and attached_at is null))
                        returning *, old.attached_at is not null and old.bridge_id <> new.bridge_id as moved
                        """)
                .param("id", attached.tunnel())
                .param("epoch", attached.epoch())
                .param("bridge", bridge)
                .param("now", timestamp(now))
                .query((row, number) -> new Attachment(read(row, number), row.getBoolean("moved")))
                .optional();
    }

    /** @param moved whether the tunnel's ends had met on another bridge before */
    record Attachment(Tunnel tunnel, boolean moved) {}

    /** It ended; empty when that is known already, or when it lives on with a higher epoch. */
    Optional<Tunnel> close(Closed closed, Instant now) {
        return jdbc.sql("""
                        update tunnels set closed_at = :now,
                            bytes_from_client = bytes_from_client + :fromClient,
                            bytes_from_agent = bytes_from_agent + :fromAgent
                        where id = :id and closed_at is null and epoch <= :epoch
                        returning *
                        """)
                .param("id", closed.tunnel())
                .param("epoch", closed.epoch())
                .param("fromClient", closed.bytesFromClient())
                .param("fromAgent", closed.bytesFromAgent())
                .param("now", timestamp(now))
                .query(TunnelRecords::read)
                .optional();
    }

    /** What a bridge has to close. */
    List<Closing> closings(String bridge) {
        return jdbc.sql("""
                        select id, closing_reason from tunnels
                        where bridge_id = ? and closing_reason is not null and closed_at is null
                        """)
                .param(bridge)
                .query((row, _) -> new Closing(row.getObject("id", UUID.class), row.getString("closing_reason")))
                .list();
    }

    static String credential(UUID token) {
        return "token:" + token;
    }

    static Tunnel read(ResultSet row, int number) throws SQLException {
        return new Tunnel(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                new Named(row.getObject("resource_id", UUID.class), row.getString("resource_name")),
                row.getString("resource_kind"),
                new Named(row.getObject("agent_id", UUID.class), row.getString("agent_name")),
                new Named(row.getObject("user_id", UUID.class), row.getString("username")),
                row.getObject("task_id", UUID.class),
                row.getLong("epoch"),
                row.getString("bridge_id"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("attached_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
