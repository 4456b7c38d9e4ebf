package io.bascule.api.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The join tokens in the database. */
@Component
class JoinTokens {

    private final JdbcClient jdbc;

    JoinTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(JoinToken token, UUID agent, UUID createdBy, Instant createdAt, Instant expiresAt) {
        jdbc.sql("""
                        insert into join_tokens (agent_id, hash, created_by, created_at, expires_at)
                        values (?, ?, ?, ?, ?)
                        """)
                .params(agent, token.hash(), createdBy, timestamp(createdAt), timestamp(expiresAt))
                .update();
    }

    /** Uses a token up, if it is good: of several at once exactly one gets the agent's id. */
    Optional<UUID> redeem(JoinToken token, Instant now) {
        return jdbc.sql("""
                        update join_tokens t set used_at = :now
                        from agents a
                        where t.hash = :hash and t.used_at is null and t.expires_at > :now
                          and a.id = t.agent_id and a.revoked_at is null
                        returning t.agent_id
                        """)
                .param("now", timestamp(now))
                .param("hash", token.hash())
                .query(UUID.class)
                .optional();
    }

    /** What is known of a token that could not be redeemed. */
    Optional<Known> find(JoinToken token) {
        return jdbc.sql("""
                        select a.workspace_id, a.id, a.name, a.revoked_at, t.used_at
                        from join_tokens t join agents a on a.id = t.agent_id where t.hash = ?
                        """).param(token.hash()).query(Known::read).optional();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A token's agent and what became of both. */
    record Known(
            UUID workspace,
            UUID agent,
            String agentName,
            @Nullable Instant usedAt,
            @Nullable Instant agentRevokedAt) {

        static Known read(ResultSet row, int number) throws SQLException {
            return new Known(
                    row.getObject("workspace_id", UUID.class),
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    instant(row.getObject("used_at", OffsetDateTime.class)),
                    instant(row.getObject("revoked_at", OffsetDateTime.class)));
        }

        private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
            return time == null ? null : time.toInstant();
        }
    }
}
