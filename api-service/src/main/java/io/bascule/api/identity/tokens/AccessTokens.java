package io.bascule.api.identity.tokens;

import static java.time.ZoneOffset.UTC;

import io.bascule.api.caller.Role;
import io.bascule.api.identity.users.Membership;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Personal tokens in PostgreSQL, by hash. */
@Component
class AccessTokens {

    private static final String FIND = """
            select t.*, w.name as workspace_name, u.username, m.role
            from access_tokens t
            join workspaces w on w.id = t.workspace_id
            left join users u on u.id = t.user_id and u.disabled_at is null
            left join memberships m on m.user_id = t.user_id and m.workspace_id = t.workspace_id
            where t.hash = :hash
            """;

    private final JdbcClient jdbc;

    AccessTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoredToken> find(byte[] hash) {
        return jdbc.sql(FIND)
                .param("hash", hash)
                .query((row, _) -> new StoredToken(readToken(row), readMember(row)))
                .optional();
    }

    /** Newest first. */
    List<AccessToken> list(UUID user, UUID workspace) {
        return jdbc.sql(
                        "select * from access_tokens where user_id = :user and workspace_id = :workspace order by id desc")
                .param("user", user)
                .param("workspace", workspace)
                .query((row, _) -> readToken(row))
                .list();
    }

    AccessToken add(UUID user, UUID workspace, NewToken token) {
        return jdbc.sql("""
                        insert into access_tokens (user_id, workspace_id, name, hash, created_at, expires_at)
                        values (:user, :workspace, :name, :hash, :createdAt, :expiresAt)
                        returning *
                        """)
                .param("user", user)
                .param("workspace", workspace)
                .param("name", token.name())
                .param("hash", token.text().hash())
                .param("createdAt", token.createdAt().atOffset(UTC))
                .param("expiresAt", offset(token.expiresAt()))
                .query((row, _) -> readToken(row))
                .single();
    }

    /** What is stored of a new token. */
    record NewToken(
            String name,
            TokenText text,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    /** Empty unless it is this user's and was not revoked before. */
    Optional<AccessToken> revoke(UUID id, UUID user, Instant now) {
        return jdbc.sql("""
                        update access_tokens set revoked_at = :now
                        where id = :id and user_id = :user and revoked_at is null
                        returning *
                        """)
                .param("id", id)
                .param("user", user)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> readToken(row))
                .optional();
    }

    boolean exists(UUID id, UUID user) {
        return jdbc.sql("select exists (select from access_tokens where id = :id and user_id = :user)")
                .param("id", id)
                .param("user", user)
                .query(Boolean.class)
                .single();
    }

    /** Writes the time of use unless another pod just did. */
    void touch(UUID id, Instant now, Instant unlessAfter) {
        jdbc.sql("""
                        update access_tokens set last_used_at = :now
                        where id = :id and (last_used_at is null or last_used_at <= :unlessAfter)
                        """)
                .param("id", id)
                .param("now", now.atOffset(UTC))
                .param("unlessAfter", unlessAfter.atOffset(UTC))
                .update();
    }

    private static AccessToken readToken(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Membership readMember(ResultSet row) throws SQLException {
        String username = row.getString("username");
        String role = row.getString("role");
        if (username == null || role == null) {
            return null;
        }
        return new Membership(
                row.getObject("workspace_id", UUID.class),
                row.getString("workspace_name"),
                row.getObject("user_id", UUID.class),
                username,
                Role.of(role),
                row.getObject("id", UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
        return time == null ? null : time.atOffset(UTC);
    }
}
