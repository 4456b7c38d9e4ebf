package io.bascule.api.webhooks.delivery;

import io.bascule.api.keys.WebhookSeal;
import io.bascule.api.webhooks.delivery.DeliveryQueue.Room;
import io.bascule.events.CloudEvent;
import io.bascule.testsupport.TestDatabase;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Webhooks and deliveries in a database of their own, and this package's classes on it. */
final class Stored {

    private final DataSource source = TestDatabase.create().dataSource();
    final JdbcClient database = JdbcClient.create(source);
    final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    final WebhookSeal seal = seal();
    final List<String> audited = new CopyOnWriteArrayList<>();
    final DeliveryQueue queue = new DeliveryQueue(database, transaction, seal);
    final RecordDeliveries record = new RecordDeliveries(database);
    final SettleDelivery settle = new SettleDelivery(
            database,
            transaction,
            event -> audited.add(event.action() + " " + event.target().name()),
            () -> ThreadLocalRandom.current().nextLong());
    final UUID workspace = database.sql("select id from workspaces where name = 'default'")
            .query(UUID.class)
            .single();
    private final UUID user = database.sql(
                    "insert into users (username, password_hash) values ('owner', 'x') returning id")
            .query(UUID.class)
            .single();

    private static WebhookSeal seal() {
        try {
            return new WebhookSeal(
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that wants the events of tasks. */
    UUID webhook(String name, String url, SigningSecret secret) {
        return webhook(workspace, name, url, secret);
    }

    UUID webhook(UUID owner, String name, String url, SigningSecret secret) {
        UUID id = UUID.randomUUID();
        database.sql("""
                        insert into webhooks (id, workspace_id, name, url, event_types, description, sealed_secret, created_by)
                        values (?, ?, ?, ?, '{io.bascule.task.*}', '', ?, ?)""")
                .params(id, owner, name, url, seal.seal(secret.key(), id), user)
                .update();
        return id;
    }

    /** So many events for a webhook, named e0, e1, … */
    void events(UUID webhook, int number) {
        database.sql("""
                        insert into webhook_deliveries (webhook_id, event_id, event_type, body)
                        select ?, 'e' || n, 'io.bascule.task.finished', '{"id":"e' || n || '"}'
                        from generate_series(0, ? - 1) n""").params(webhook, number).update();
    }

    /** A task of the workspace whose end is told to this address. */
    UUID callback(UUID owner, String url) {
        return database.sql(
                        "insert into task_callbacks (task_id, workspace_id, url) values (uuidv7(), ?, ?) returning task_id")
                .params(owner, url)
                .query(UUID.class)
                .single();
    }

    /** What signs the callbacks of a workspace. */
    void callbackSecret(UUID owner, SigningSecret secret) {
        database.sql("""
                        insert into callback_secrets (workspace_id, sealed_secret) values (?, ?)
                        on conflict (workspace_id) do update set sealed_secret = excluded.sealed_secret,
                            sealed_previous_secret = callback_secrets.sealed_secret,
                            previous_secret_until = clock_timestamp() + interval '1 hour'""").params(owner, seal.seal(secret.key(), owner)).update();
    }

    /** The task has ended. */
    CloudEvent end(UUID owner, UUID task) {
        return new CloudEvent(
                "end-" + task, "io.bascule.task.finished", task.toString(), now(), owner, "{\"state\":\"succeeded\"}");
    }

    int countOf(UUID task, String state) {
        return database.sql("select count(*) from webhook_deliveries where task_id = ? and state = ?")
                .params(task, state)
                .query(Integer.class)
                .single();
    }

    /** As a pod that has no delivery yet. */
    List<DueDelivery> claim(int most, int perEndpoint) {
        return queue.claim(new Room(most, perEndpoint, most, Map.of()));
    }

    UUID workspace(String name) {
        return database.sql("insert into workspaces (name) values (?) returning id")
                .param(name)
                .query(UUID.class)
                .single();
    }

    CloudEvent event(String id, String type) {
        return new CloudEvent(id, type, "task-1", now(), workspace, "{\"state\":\"succeeded\"}");
    }

    Instant now() {
        return database.sql("select clock_timestamp()")
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    int count(UUID webhook, String state) {
        return database.sql("select count(*) from webhook_deliveries where webhook_id = ? and state = ?")
                .params(webhook, state)
                .query(Integer.class)
                .single();
    }

    /** As if all waiting time had passed. */
    void timePasses() {
        database.sql("update webhook_deliveries set next_at = clock_timestamp() where next_at is not null")
                .update();
        database.sql("update webhooks set rests_until = 'epoch'").update();
    }
}
