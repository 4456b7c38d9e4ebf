package io.bascule.api.secrets;

import io.bascule.api.keys.WorkspaceKey;
import io.bascule.api.keys.WorkspaceKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Secrets in PostgreSQL. Every method is within one workspace. */
@Repository
class JdbcSecrets {

    private static final String SELECT = """
            select s.id, s.name, s.version, s.created_at, s.updated_at, u.username
            from secrets s join users u on u.id = s.updated_by where s.workspace_id = :workspace
            """;

    private final JdbcClient jdbc;
    private final WorkspaceKeys keys;

    JdbcSecrets(JdbcClient jdbc, WorkspaceKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Whether it was stored: false when the name is taken. */
    boolean insert(SealedSecret secret, UUID author) {
        return bound(jdbc.sql("""
                        insert into secrets
                          (workspace_id, name, version, key_generation, sealed_value, created_by, updated_by)
                        values (:workspace, :name, :version, :generation, :sealed, :author, :author)
                        on conflict (workspace_id, name) do nothing
                        """), secret).param("author", author).update() == 1;
    }

    /** Gives it this version in place of the one it has. */
    void update(SealedSecret secret, UUID author) {
        bound(jdbc.sql("""
                        update secrets set version = :version, key_generation = :generation, sealed_value = :sealed,
                          updated_at = now(), updated_by = :author
                        where workspace_id = :workspace and name = :name
                        """), secret).param("author", author).update();
    }

    /** Stores the same version as it is under another key. */
    void reseal(SealedSecret secret) {
        bound(jdbc.sql("""
                        update secrets set key_generation = :generation, sealed_value = :sealed
                        where workspace_id = :workspace and name = :name and version = :version
                        """), secret).update();
    }

    private static StatementSpec bound(StatementSpec statement, SealedSecret secret) {
        return statement
                .param("workspace", secret.workspace())
                .param("name", secret.name())
                .param("version", secret.version())
                .param("generation", secret.generation())
                .param("sealed", secret.sealed());
    }

    void delete(UUID id) {
        jdbc.sql("delete from secrets where id = :id").param("id", id).update();
    }

    Optional<Secret> find(UUID workspace, String name) {
        return find(workspace, name, "");
    }

    /** Nobody else changes it until the caller's transaction ends. */
    Optional<Secret> lock(UUID workspace, String name) {
        return find(workspace, name, " for update of s");
    }

    private Optional<Secret> find(UUID workspace, String name, String lock) {
        return jdbc.sql(SELECT + " and s.name = :name" + lock)
                .param("workspace", workspace)
                .param("name", name)
                .query(JdbcSecrets::secret)
                .optional();
    }

    /** By name, after the given one. */
    List<Secret> list(UUID workspace, String after, int most) {
        return jdbc.sql(SELECT + " and s.name > :after order by s.name limit :most")
                .param("workspace", workspace)
                .param("after", after)
                .param("most", most)
                .query(JdbcSecrets::secret)
                .list();
    }

    /** A secret and the key that opens it, as they belong together. */
    record Opening(UUID id, SealedSecret secret, WorkspaceKey key) {}

    /** Those of these names that there are, with the key of the same moment. */
    List<Opening> openings(UUID workspace, Collection<String> names) {
        return jdbc.sql("""
                        select s.id, s.name, s.version, s.key_generation, s.sealed_value, k.generation, k.wrapped_key
                        from secrets s join workspace_keys k on k.workspace_id = s.workspace_id
                        where s.workspace_id = :workspace and s.name = any(:names)
                        """)
                .param("workspace", workspace)
                .param("names", names.toArray(String[]::new))
                .query((row, _) ->
                        new Opening(row.getObject("id", UUID.class), sealed(workspace, row), keys.read(workspace, row)))
                .list();
    }

    /** With their values, sealed; by name, after the given one. */
    List<SealedSecret> sealed(UUID workspace, String after, int most) {
        return jdbc.sql("""
                        select name, version, key_generation, sealed_value from secrets
                        where workspace_id = :workspace and name > :after order by name limit :most
                        """)
                .param("workspace", workspace)
                .param("after", after)
                .param("most", most)
                .query((row, _) -> sealed(workspace, row))
                .list();
    }

    private static SealedSecret sealed(UUID workspace, ResultSet row) throws SQLException {
        return new SealedSecret(
                workspace,
                row.getString("name"),
                row.getLong("version"),
                row.getInt("key_generation"),
                row.getBytes("sealed_value"));
    }

    private static Secret secret(ResultSet row, int number) throws SQLException {
        return new Secret(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("version"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getString("username"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
