package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.delivery.Attempt.Answered;
import io.bascule.api.webhooks.delivery.SweepDeliveries.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SweepDeliveriesTests {

    private static final Duration KEPT = Duration.ofDays(7);

    private final Stored stored = new Stored();
    private final UUID webhook = stored.webhook("one", "https://example.org/one", SigningSecret.generate());

    @Test
    void whatIsOldIsEndedAndWhatEndedLongAgoIsRemoved() {
        stored.events(webhook, 3);
        stored.settle.settle(stored.claim(1, 4).getFirst(), new Answered(200, null));
        stored.database.sql("""
                        update webhook_deliveries set wanted_at = wanted_at - interval '5 days'
                        where id = (select id from webhook_deliveries where state = 'waiting' limit 1)""").update();
        sweep(100).step();
        assertThat(stored.count(webhook, "failed")).isEqualTo(1);
        assertThat(stored.count(webhook, "waiting")).isEqualTo(1);
        assertThat(stored.count(webhook, "delivered")).isEqualTo(1);

        stored.database
                .sql(
                        "update webhook_deliveries set finished_at = finished_at - interval '8 days' where state = 'delivered'")
                .update();
        sweep(100).step();
        assertThat(stored.count(webhook, "delivered")).isZero();
        assertThat(stored.count(webhook, "failed")).isEqualTo(1);
    }

    @Test
    void aWebhookForWhichTooMuchWaitsIsDisabled() {
        stored.events(webhook, 11);
        sweep(11).step();
        assertThat(stored.audited).isEmpty();

        sweep(10).step();
        assertThat(stored.audited).containsExactly("webhook.disable one");
    }

    @Test
    void ofWhatEndedTheNewestAreKept() {
        stored.events(webhook, 12);
        UUID other = stored.webhook("two", "https://example.org/two", SigningSecret.generate());
        stored.events(other, 3);
        end(Duration.ZERO);
        stored.database
                .sql(
                        "update webhook_deliveries set state = 'waiting', next_at = now(), finished_at = null where event_id = 'e0'")
                .update();
        List<String> newest = stored.database
                .sql(
                        "select event_id from webhook_deliveries where webhook_id = ? and event_id <> 'e0' order by id desc limit 4")
                .param(webhook)
                .query((row, _) -> String.valueOf(row.getString("event_id")))
                .list();

        sweep(new Bounds(KEPT, 4, 100, 2, 100)).step();

        assertThat(stored.database
                        .sql(
                                "select event_id from webhook_deliveries where webhook_id = ? and state = 'delivered' order by id desc")
                        .param(webhook)
                        .query(String.class)
                        .list())
                .isEqualTo(newest);
        assertThat(stored.count(webhook, "waiting")).isEqualTo(1);
        assertThat(stored.count(other, "delivered")).isEqualTo(2);
    }

    @Test
    void aStepIsBoundedAndAStopEndsIt() {
        stored.events(webhook, 10);
        end(Duration.ofDays(8));
        SweepDeliveries sweep = sweep(new Bounds(KEPT, 100, 100, 2, 3));

        sweep.step();
        assertThat(stored.count(webhook, "delivered")).isEqualTo(4);
        sweep.stop();
        sweep.step();
        assertThat(stored.count(webhook, "delivered")).isEqualTo(4);
        sweep.start();
        sweep.step();
        assertThat(stored.count(webhook, "delivered")).isZero();
    }

    @Test
    void whatIsLeftOfARemovedWebhookGoesInBatchesAndThenTheWebhook() {
        stored.events(webhook, 5);
        UUID other = stored.webhook("two", "https://example.org/two", SigningSecret.generate());
        stored.events(other, 5);
        stored.database
                .sql("update webhooks set event_types = '{}', disabled_at = now() where id = ?")
                .param(webhook)
                .update();
        SweepDeliveries sweep = sweep(new Bounds(KEPT, 100, 100, 2, 2));

        sweep.step();
        assertThat(stored.count(webhook, "waiting")).isEqualTo(1);
        sweep.step();
        assertThat(stored.count(webhook, "waiting")).isZero();
        assertThat(stored.database
                        .sql("select id from webhooks")
                        .query(UUID.class)
                        .list())
                .containsExactly(other);
        assertThat(stored.count(other, "waiting")).isEqualTo(5);
    }

    @Test
    void anOriginWithoutDeliveriesIsRemovedAndOneWithSomeStays() {
        UUID task = stored.callback(stored.workspace, "https://one.example.org/");
        UUID other = stored.callback(stored.workspace, "https://two.example.org/");
        stored.record.record(List.of(stored.end(stored.workspace, task), stored.end(stored.workspace, other)));
        stored.database
                .sql("delete from webhook_deliveries where task_id = ?")
                .param(task)
                .update();

        sweep(100).step();

        assertThat(stored.database
                        .sql("select callback_origin from webhooks where callback_origin is not null")
                        .query(String.class)
                        .list())
                .containsExactly("https://two.example.org:443");
        assertThat(stored.countOf(other, "waiting")).isOne();
        assertThat(stored.database
                        .sql("select count(*) from webhooks where id = ?")
                        .param(webhook)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void whatIsTooMuchForAnOriginHasFailedAndTheFirstKeepTheirTurn() {
        UUID other = stored.workspace("other");
        List<UUID> tasks = IntStream.range(0, 5)
                .mapToObj(_ -> stored.callback(other, "https://one.example.org/"))
                .toList();
        tasks.forEach(task -> stored.record.record(List.of(stored.end(other, task))));

        sweep(3).step();

        assertThat(tasks.stream().filter(task -> stored.countOf(task, "waiting") == 1))
                .containsExactlyElementsOf(tasks.subList(0, 3));
        assertThat(tasks.stream().filter(task -> stored.countOf(task, "failed") == 1))
                .containsExactlyElementsOf(tasks.subList(3, 5));
        assertThat(stored.audited).as("nothing is disabled").isEmpty();
    }

    private void end(Duration ago) {
        stored.database.sql("""
                        update webhook_deliveries set state = 'delivered', next_at = null,
                            finished_at = clock_timestamp() - ? * interval '1 s'""").param(ago.toSeconds()).update();
    }

    private SweepDeliveries sweep(int mostWaiting) {
        return sweep(new Bounds(KEPT, 100, mostWaiting, 1_000, 100));
    }

    private SweepDeliveries sweep(Bounds bounds) {
        return new SweepDeliveries(stored.database, stored.transaction, stored.settle, bounds);
    }
}
