package io.bascule.api.keys;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A key for each workspace that has secrets, in the database only as the master key wraps it, bound to workspace and
 * generation.
 */
@Component
public class WorkspaceKeys {

    private static final String SELECT =
            "select generation, wrapped_key from workspace_keys where workspace_id = :workspace";

    private final JdbcClient jdbc;
    private final MasterKey masterKey;

    WorkspaceKeys(JdbcClient jdbc, MasterKey masterKey) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
    }

    /** The workspace's key, made if it has none; it stays the workspace's key until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public WorkspaceKey holdOrCreate(UUID workspace) {
        return hold(workspace).orElseGet(() -> {
            SealingKey fresh = SealingKey.generate();
            jdbc.sql("""
                            insert into workspace_keys (workspace_id, generation, wrapped_key, master_key_id)
                            values (:workspace, 1, :wrapped, :master) on conflict (workspace_id) do nothing
                            """)
                    .param("workspace", workspace)
                    .param("wrapped", masterKey.seal(fresh.bytes(), place(workspace, 1)))
                    .param("master", masterKey.id())
                    .update();
            return hold(workspace).orElseThrow();
        });
    }

    private Optional<WorkspaceKey> hold(UUID workspace) {
        return find(workspace, " for share");
    }

    private Optional<WorkspaceKey> find(UUID workspace, String lock) {
        return jdbc.sql(SELECT + lock)
                .param("workspace", workspace)
                .query((row, _) -> read(workspace, row))
                .optional();
    }

    /** What a row of {@code workspace_keys}, or of a join with it, says. */
    public WorkspaceKey read(UUID workspace, ResultSet row) throws SQLException {
        int generation = row.getInt("generation");
        byte[] bytes = masterKey.open(row.getBytes("wrapped_key"), place(workspace, generation));
        return new WorkspaceKey(generation, SealingKey.of(bytes));
    }

    /**
     * Gives the workspace a new key in place of its present one, which nothing opens any more once the caller's transaction
     * ends; the caller seals all its secrets anew in it. Nobody else writes a secret of the workspace meanwhile.
     *
     * @return empty when the workspace has no key, and so no secrets
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Replaced> replace(UUID workspace) {
        return find(workspace, " for update").map(before -> {
            var after = new WorkspaceKey(before.generation() + 1, SealingKey.generate());
            jdbc.sql("""
                            update workspace_keys
                            set generation = :generation, wrapped_key = :wrapped, master_key_id = :master, created_at = now()
                            where workspace_id = :workspace
                            """)
                    .param("generation", after.generation())
                    .param("wrapped", masterKey.seal(after.key().bytes(), place(workspace, after.generation())))
                    .param("master", masterKey.id())
                    .param("workspace", workspace)
                    .update();
            return new Replaced(before, after);
        });
    }

    static byte[] place(UUID workspace, int generation) {
        return ByteBuffer.allocate(Long.BYTES * 2 + Integer.BYTES)
                .putLong(workspace.getMostSignificantBits())
                .putLong(workspace.getLeastSignificantBits())
                .putInt(generation)
                .array();
    }

    /** The key that was and the key that is. */
    public record Replaced(WorkspaceKey before, WorkspaceKey after) {}
}
