package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.delivery.Attempt.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeliveryQueueTests {

    private final Stored stored = new Stored();
    private final UUID webhook = stored.webhook("one", "https://example.org/one", SigningSecret.generate());

    @RepeatedTest(5)
    void podsTogetherNeverExceedTheLimitOfAnEndpoint() throws Exception {
        stored.events(webhook, 50);
        int pods = 6;
        CyclicBarrier start = new CyclicBarrier(pods);
        List<Callable<List<DueDelivery>>> claims = new ArrayList<>();
        for (int pod = 0; pod < pods; pod++) {
            claims.add(() -> {
                start.await();
                return stored.queue.claim(10, 4);
            });
        }

        List<DueDelivery> claimed;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            claimed = threads.invokeAll(claims).stream()
                    .map(Future::resultNow)
                    .flatMap(List::stream)
                    .toList();
        }

        assertThat(claimed).hasSize(4);
        assertThat(claimed.stream().map(DueDelivery::id)).doesNotHaveDuplicates();
    }

    @Test
    void whatAPodTookWithItIsGivenOutAgainAndItsLateWordChangesNothing() {
        stored.events(webhook, 1);
        DueDelivery lost = stored.queue.claim(1, 1).getFirst();
        assertThat(stored.queue.claim(1, 9)).isEmpty();
        stored.timePasses();
        DueDelivery again = stored.queue.claim(1, 1).getFirst();

        stored.settle.settle(lost, new Answered(204, null));
        assertThat(stored.count(webhook, "sending")).isEqualTo(1);
        stored.queue.handBack(lost);
        assertThat(stored.count(webhook, "sending")).isEqualTo(1);

        assertThat(again.attempt()).isEqualTo(lost.attempt() + 1);
        stored.settle.settle(again, new Answered(204, null));
        assertThat(stored.count(webhook, "delivered")).isEqualTo(1);
    }

    @Test
    void oneDeliveryAtATimeTriesAnEndpointThatFails() {
        stored.events(webhook, 20);
        for (int failure = 0; failure < EndpointHealth.MANY; failure++) {
            stored.settle.settle(stored.queue.claim(1, 4).getFirst(), new Answered(500, null));
        }
        assertThat(stored.queue.claim(10, 4)).as("it rests").isEmpty();

        stored.timePasses();
        List<DueDelivery> trial = stored.queue.claim(10, 4);
        assertThat(trial).hasSize(1);
        stored.settle.settle(trial.getFirst(), new Answered(200, null));
        assertThat(stored.queue.claim(10, 4)).hasSize(4);
    }

    @Test
    void webhooksThatWaitedLongestComeFirst() {
        UUID other = stored.webhook("two", "https://example.org/two", SigningSecret.generate());
        stored.events(webhook, 5);
        stored.events(other, 5);

        UUID first = stored.queue.claim(1, 4).getFirst().endpoint().webhook();
        UUID second = stored.queue.claim(1, 4).getFirst().endpoint().webhook();

        assertThat(List.of(first, second)).containsExactlyInAnyOrder(webhook, other);
    }

    @Test
    void anEarlierSecretSignsUntilItsTimeIsUp() {
        stored.events(webhook, 2);
        byte[] previous = stored.seal.seal(SigningSecret.generate().key(), webhook);
        stored.database.sql("""
                        update webhooks set sealed_previous_secret = ?, previous_secret_until = clock_timestamp() + interval '1 h'
                        where id = ?""").params(previous, webhook).update();
        assertThat(stored.queue.claim(1, 4).getFirst().endpoint().secrets()).hasSize(2);

        stored.database
                .sql("update webhooks set previous_secret_until = clock_timestamp() - interval '1 s'")
                .update();
        assertThat(stored.queue.claim(1, 4).getFirst().endpoint().secrets()).hasSize(1);
    }

    @Test
    void aSecretOfAnotherWebhookDoesNotOpen() {
        UUID other = stored.webhook("two", "https://example.org/two", SigningSecret.generate());
        stored.database
                .sql(
                        "update webhooks set sealed_secret = (select sealed_secret from webhooks where id = ?) where id = ?")
                .params(other, webhook)
                .update();
        stored.events(webhook, 1);

        assertThat(stored.queue.claim(1, 4).getFirst().endpoint().secrets()).isEmpty();
    }
}
