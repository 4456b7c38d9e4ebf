package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Our API as it is deployed, with everything on: rules, audit, events. Without Kafka, which accepting does not need. */
final class OurDoor implements Door {

    private final HikariDataSource pool;
    private final JdbcClient database;
    private final Service service;

    OurDoor(String url, int redisPort) throws IOException, InterruptedException {
        pool = Stores.pool(url);
        database = JdbcClient.create(pool);
        Map<String, String> settings = new HashMap<>(Service.stores(url, redisPort));
        settings.put("SPRING_KAFKA_BOOTSTRAPSERVERS", "127.0.0.1:" + Stores.freePort());
        settings.put("BASCULE_TASKS_MAXWAITING", "10000000");
        service = new Service("api-service", "1g", settings).awaitReady();
        admit(new AccessToken());
    }

    private void admit(AccessToken token) {
        database.sql("""
                with person as (
                    insert into users (username, password_hash) values ('benchmark', '') on conflict do nothing returning id
                ), member as (
                    insert into memberships (workspace_id, user_id, role)
                    select w.id, person.id, 'operator' from person, workspaces w where w.name = 'default'
                )
                insert into access_tokens (workspace_id, user_id, name, hash)
                select w.id, person.id, 'benchmark', ? from person, workspaces w where w.name = 'default'""").param(token.hash()).update();
    }

    @Override
    public URI tasks() {
        return service.address("/api/v1/tasks");
    }

    @Override
    public void reset() {
        database.sql("truncate task_live, task_history, event_outbox, idempotency_keys")
                .update();
    }

    @Override
    public long accepted() {
        return database.sql("select count(*) from task_live").query(Long.class).single();
    }

    @Override
    public ProcessHandle server() {
        return service.process();
    }

    @Override
    public ProcessHandle store() {
        long backEnd = database.sql("select pg_backend_pid()").query(Long.class).single();
        return ProcessHandle.of(backEnd).flatMap(ProcessHandle::parent).orElseThrow();
    }

    @Override
    public void close() {
        service.close();
        pool.close();
    }
}
