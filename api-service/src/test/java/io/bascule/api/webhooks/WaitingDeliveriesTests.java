package io.bascule.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.tasks.gauge.GaugeLease;
import io.bascule.testsupport.Await;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
@Timeout(120)
class WaitingDeliveriesTests {

    private final Api api;
    private final JdbcClient database;
    private final GaugeLease lease;

    WaitingDeliveriesTests(Api api, JdbcClient database, GaugeLease lease) {
        this.api = api;
        this.database = database;
        this.lease = lease;
    }

    @Test
    void theScrapeOfThePodThatPublishesSaysHowManyWait() {
        Map<String, Object> wanted =
                Map.of("name", "gauged", "url", "https://example.org/", "eventTypes", List.of("*"), "enabled", false);
        UUID webhook =
                UUID.fromString(api.admin().post("/api/v1/webhooks", wanted).at("/id"));
        database.sql("delete from gauge_lease").update();
        lease.hold();
        int before = waiting();
        database.sql("""
                        insert into webhook_deliveries (webhook_id, event_id, event_type, body)
                        select ?, 'gauge-' || n, 'io.bascule.task.finished', '{}' from generate_series(1, 7) n""").param(webhook).update();

        assertThat(waiting()).isEqualTo(before + 7);
        Await.until(() -> scrape().contains("\nbascule_webhook_deliveries_waiting %d.0\n".formatted(waiting())));
        assertThat(scrape()).contains("bascule_webhook_deliveries_total{", "bascule_webhook_attempt_seconds_count");

        database.sql("update gauge_lease set holder = 'another pod', held_until = clock_timestamp() + interval '1 h'")
                .update();
        assertThat(scrape()).doesNotContain("bascule_webhook_deliveries_waiting");
        database.sql("delete from gauge_lease").update();
    }

    private int waiting() {
        return database.sql("select count(*) from webhook_deliveries where next_at is not null")
                .query(Integer.class)
                .single();
    }

    private String scrape() {
        return api.anonymous().get("/prometheus").text();
    }
}
