package io.bascule.tasks.store;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many queued tasks of a workspace may run at once, over all its queues. A quota is in effect for every claim that begins
 * after its commit; one that is lower than what runs stops nothing and starts nothing until enough have ended.
 */
public class JdbcQuotas {

    private final JdbcClient database;

    public JdbcQuotas(JdbcClient database) {
        this.database = database;
    }

    /** Empty when the workspace has none. */
    public Optional<Integer> find(UUID workspace) {
        return database.sql("select queued_limit from workspace_quotas where workspace_id = ?")
                .param(workspace)
                .query(Integer.class)
                .optional();
    }

    /** How many queued tasks of the workspace run. */
    public int running(UUID workspace) {
        return database.sql("select coalesce(sum(running), 0) from queues where workspace_id = ? and busy")
                .param(workspace)
                .query(Integer.class)
                .single();
    }

    /** @param limit 1 to 100,000 */
    public void set(UUID workspace, int limit) {
        database.sql("""
                        insert into workspace_quotas (workspace_id, queued_limit) values (?, ?)
                        on conflict (workspace_id) do update set queued_limit = excluded.queued_limit,
                            revision = workspace_quotas.revision + 1, updated_at = clock_timestamp()""").params(workspace, limit).update();
    }

    public void remove(UUID workspace) {
        database.sql("delete from workspace_quotas where workspace_id = ?")
                .param(workspace)
                .update();
    }
}
