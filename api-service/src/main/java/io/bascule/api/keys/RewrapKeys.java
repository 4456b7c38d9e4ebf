package io.bascule.api.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals the keys in the database with the present master key that another one sealed, so that the other one can be
 * forgotten. Pods may do it together: a row that one of them has locked is passed over by the others.
 */
@Component
class RewrapKeys {

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MasterKey masterKey;

    RewrapKeys(JdbcClient jdbc, TransactionTemplate transaction, MasterKey masterKey) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.masterKey = masterKey;
    }

    /** Returns how many keys it sealed anew. */
    int step() {
        int all = 0;
        for (int some = BATCH; some == BATCH; all += some) {
            some = transaction.execute(_ -> platformKeys());
        }
        for (int some = BATCH; some == BATCH; all += some) {
            some = transaction.execute(_ -> workspaceKeys());
        }
        return all;
    }

    /** How many keys the present master key did not seal yet. */
    int left() {
        return jdbc.sql("""
                        select (select count(*) from platform_keys where master_key_id is distinct from :master)
                             + (select count(*) from workspace_keys where master_key_id <> :master)
                        """)
                .param("master", masterKey.id())
                .query(Integer.class)
                .single();
    }

    private int platformKeys() {
        Map<UUID, byte[]> sealed = new LinkedHashMap<>();
        jdbc.sql("""
                        select id, encrypted_private_key from platform_keys where master_key_id is distinct from :master
                        limit :most for update skip locked
                        """).param("master", masterKey.id()).param("most", BATCH).query(row -> {
            UUID id = row.getObject("id", UUID.class);
            byte[] plain = masterKey.open(row.getBytes("encrypted_private_key"), id);
            sealed.put(id, masterKey.seal(plain, id));
        });
        sealed.forEach((id, key) -> store("platform_keys set encrypted_private_key", "id", id, key));
        return sealed.size();
    }

    private int workspaceKeys() {
        Map<UUID, byte[]> sealed = new LinkedHashMap<>();
        jdbc.sql("""
                        select workspace_id, generation, wrapped_key from workspace_keys where master_key_id <> :master
                        limit :most for update skip locked
                        """).param("master", masterKey.id()).param("most", BATCH).query(row -> {
            UUID workspace = row.getObject("workspace_id", UUID.class);
            byte[] place = WorkspaceKeys.place(workspace, row.getInt("generation"));
            byte[] plain = masterKey.open(row.getBytes("wrapped_key"), place);
            sealed.put(workspace, masterKey.seal(plain, place));
        });
        sealed.forEach((id, key) -> store("workspace_keys set wrapped_key", "workspace_id", id, key));
        return sealed.size();
    }

    private void store(String column, String idColumn, UUID row, byte[] sealed) {
        jdbc.sql("update " + column + " = :sealed, master_key_id = :master where " + idColumn + " = :row")
                .param("sealed", sealed)
                .param("master", masterKey.id())
                .param("row", row)
                .update();
    }
}
