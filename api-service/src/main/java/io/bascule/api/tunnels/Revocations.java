package io.bascule.api.tunnels;

import static io.bascule.api.tunnels.TunnelRecords.timestamp;

import io.bascule.api.bridges.CarriedTunnels.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What ends tickets before their time, in PostgreSQL: every bridge learns of it, since a tunnel may come to any. Uses the
 * caller's transaction.
 */
@Component
class Revocations {

    /** Longer than a standby ticket is good for. */
    private static final Duration KEPT = Duration.ofHours(25);

    /** Longer than it takes from a number's giving to its commit: until then it is told again. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Revocations(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Ends one tunnel. */
    void ofTunnel(UUID tunnel, String reason) {
        ofTunnels("id = ?", tunnel, reason);
    }

    /** Ends all that lead to a resource. */
    void ofResource(UUID resource, String reason) {
        ofTunnels("resource_id = ?", resource, reason);
    }

    /** Ends all that were opened with a token. */
    void ofToken(UUID token, String reason) {
        ofTunnels("credential = ?", TunnelRecords.credential(token), reason);
    }

    /** Ends all that an agent carries, and will let it carry no more. */
    void ofAgent(UUID agent, String reason) {
        ofTunnels("agent_id = ?", agent, reason);
        jdbc.sql("insert into revocations (kind, subject, agent_id, reason, at) values ('agent', ?, ?, ?, ?)")
                .params(agent, agent, reason, timestamp(clock.instant()))
                .update();
    }

    /** Those that a bridge may not know: above the highest it knows first, then the latest once more. */
    List<Revocation> since(long known) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        select id, kind, subject, agent_id, reason, at from revocations
                        where at > :kept and (id > :known or at > :late)
                        order by (id > :known) desc, id limit :most
                        """)
                .param("kept", timestamp(now.minus(KEPT)))
                .param("known", known)
                .param("late", timestamp(now.minus(LATE)))
                .param("most", MOST_AT_ONCE)
                .query((row, _) -> new Revocation(
                        row.getLong("id"),
                        row.getString("kind"),
                        row.getObject("subject", UUID.class),
                        row.getObject("agent_id", UUID.class),
                        row.getString("reason"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private void ofTunnels(String which, Object value, String reason) {
        jdbc.sql("""
                        with ending as (
                            update tunnels set closing_reason = coalesce(closing_reason, ?)
                            where %s and closed_at is null
                            returning id, agent_id, closing_reason
                        )
                        insert into revocations (kind, subject, agent_id, reason, at)
                        select 'tunnel', id, agent_id, closing_reason, ? from ending
                        """.formatted(which))
                .params(reason, value, timestamp(clock.instant()))
                .update();
    }
}
