package io.bascule.api.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What signs the callbacks of a workspace; every method is within one. */
@Component
class JdbcCallbacks {

    private static final String SECRET = """
            select created_at, case when previous_secret_until > clock_timestamp() then previous_secret_until end as until
            from callback_secrets where workspace_id = ?""";

    private static final String ROTATE = """
            insert into callback_secrets as c (workspace_id, sealed_secret) values (:workspace, :secret)
            on conflict (workspace_id) do update set sealed_secret = excluded.sealed_secret, created_at = clock_timestamp(),
                sealed_previous_secret = case when :overlap > 0 then c.sealed_secret end,
                previous_secret_until = case when :overlap > 0 then clock_timestamp() + :overlap * interval '1 s' end""";

    private final JdbcClient database;

    JdbcCallbacks(JdbcClient database) {
        this.database = database;
    }

    /**
     * What is told of the present secret.
     *
     * @param previousUntil until when the one before signs, too; null when none does
     */
    record SecretTimes(Instant createdAt, @Nullable Instant previousUntil) {}

    boolean hasSecret(UUID workspace) {
        return database.sql("select exists (select 1 from callback_secrets where workspace_id = ?)")
                .param(workspace)
                .query(Boolean.class)
                .single();
    }

    Optional<SecretTimes> secret(UUID workspace) {
        return database.sql(SECRET)
                .param(workspace)
                .query((row, _) -> times(row))
                .optional();
    }

    /** @param overlap for so long the present secret, if there is one, signs beside the new one */
    void rotate(UUID workspace, byte[] sealedSecret, Duration overlap) {
        database.sql(ROTATE)
                .param("workspace", workspace)
                .param("secret", sealedSecret)
                .param("overlap", overlap.toSeconds())
                .update();
    }

    private static SecretTimes times(ResultSet row) throws SQLException {
        Timestamp until = row.getTimestamp("until");
        return new SecretTimes(
                Objects.requireNonNull(row.getTimestamp("created_at")).toInstant(),
                until == null ? null : until.toInstant());
    }
}
