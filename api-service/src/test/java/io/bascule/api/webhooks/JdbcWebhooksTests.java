package io.bascule.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.JdbcWebhooks.NewWebhook;
import io.bascule.api.webhooks.Webhook.Settings;
import io.bascule.testsupport.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Without a sweep beside it. */
@Timeout(120)
class JdbcWebhooksTests {

    private final JdbcClient database = JdbcClient.create(TestDatabase.create().dataSource());
    private final JdbcWebhooks webhooks = new JdbcWebhooks(database);
    private final UUID workspace = database.sql("select id from workspaces where name = 'default'")
            .query(UUID.class)
            .single();
    private final UUID user = database.sql(
                    "insert into users (username, password_hash) values ('owner', 'x') returning id")
            .query(UUID.class)
            .single();

    @Test
    void aRemovalRemovesABoundedNumberOfDeliveriesAtOnceAndNobodySeesTheRest() {
        UUID webhook = webhook();
        deliveries(webhook, 2 * JdbcWebhooks.AT_ONCE);

        webhooks.delete(workspace, webhook);

        assertThat(count("webhook_deliveries")).isEqualTo(JdbcWebhooks.AT_ONCE);
        assertThat(count("webhooks where disabled_at is not null")).isOne();
        assertThat(webhooks.find(workspace, webhook)).isEmpty();
        assertThat(webhooks.find(workspace, "one")).isEmpty();
        assertThat(webhooks.find(workspace, webhook.toString())).isEmpty();
        assertThat(webhooks.list(workspace, "", 10)).isEmpty();
        assertThat(webhooks.find(workspace, webhook())).as("its name is free").isPresent();
    }

    @Test
    void aWebhookWithFewDeliveriesIsRemovedWhole() {
        UUID webhook = webhook();
        deliveries(webhook, JdbcWebhooks.AT_ONCE - 1);

        webhooks.delete(workspace, webhook);

        assertThat(count("webhook_deliveries")).isZero();
        assertThat(count("webhooks")).isZero();
    }

    private UUID webhook() {
        UUID id = UUID.randomUUID();
        var settings = new Settings("one", "https://example.org/", List.of("io.bascule.task.*"), "");
        assertThat(webhooks.insert(new NewWebhook(id, workspace, settings, true, user), new byte[] {1}))
                .isTrue();
        return id;
    }

    private void deliveries(UUID webhook, int number) {
        database.sql("""
                        insert into webhook_deliveries (webhook_id, event_id, event_type, body)
                        select ?, 'e' || n, 'io.bascule.task.finished', '{}' from generate_series(1, ?) n""").params(webhook, number).update();
    }

    private int count(String what) {
        return database.sql("select count(*) from " + what).query(Integer.class).single();
    }
}
