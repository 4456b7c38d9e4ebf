package io.bascule.orchestrator.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TunnelRetentionTests {

    private final JdbcClient database = JdbcClient.create(TestDatabase.create().dataSource());
    private final UUID user = database.sql(
                    "insert into users (username, password_hash) values ('ada', 'none') returning id")
            .query(UUID.class)
            .single();
    private final List<Integer> told = new ArrayList<>();
    private final TunnelRetention retention = new TunnelRetention(database, Duration.ofDays(90), told::add);

    @Test
    void onlyTunnelsThatClosedLongAgoLeave() {
        record(100, 91);
        UUID young = record(89, 88);
        UUID longLived = record(100, 1);
        UUID open = record(100, null);

        assertThat(retention.step()).isEqualTo(1);
        assertThat(retention.step()).isZero();

        assertThat(database.sql("select id from tunnels").query(UUID.class).list())
                .containsExactlyInAnyOrder(young, longLived, open);
        assertThat(told).containsExactly(1, 0);
    }

    @Test
    void thatAWorkspaceHadATunnelIsNotForgotten() {
        UUID newest = record(100, 91);

        assertThat(retention.step()).isZero();
        assertThat(database.sql("select id from tunnels").query(UUID.class).list())
                .containsExactly(newest);
    }

    @Test
    void moreThanABatchLeavesInOneStep() {
        database.sql("""
                        insert into tunnels (id, workspace_id, resource_id, resource_name, resource_kind, agent_id, agent_name,
                            user_id, username, bridge_id, opened_at, closed_at)
                        select uuidv7(interval '-100 days'), a.workspace_id, uuidv7(), 'db', 'postgres', a.id, a.name, ?,
                            'ada', 'bridge-0', now() - interval '100 days', now() - interval '100 days'
                        from agents a cross join generate_series(1, 10002) where a.id = ?""").params(user, agent()).update();

        assertThat(retention.step()).isEqualTo(10_001);
    }

    /** A tunnel that was opened and closed so many days ago. */
    private UUID record(int opened, @Nullable Integer closed) {
        return database.sql("""
                        insert into tunnels (id, workspace_id, resource_id, resource_name, resource_kind, agent_id, agent_name,
                            user_id, username, bridge_id, opened_at, closed_at)
                        select uuidv7(:opened * interval '-1 day'), a.workspace_id, uuidv7(), 'db', 'postgres', a.id, a.name,
                            :user, 'ada', 'bridge-0', now() - :opened * interval '1 day', now() - :closed * interval '1 day'
                        from agents a where a.id = :agent returning id""")
                .param("opened", opened)
                .param("closed", closed)
                .param("user", user)
                .param("agent", agent())
                .query(UUID.class)
                .single();
    }

    private UUID agent() {
        return database.sql("""
                        insert into agents (id, workspace_id, name, created_at) select uuidv7(), id, gen_random_uuid()::text, now() from workspaces
                        where name = 'default' returning id""").query(UUID.class).single();
    }
}
