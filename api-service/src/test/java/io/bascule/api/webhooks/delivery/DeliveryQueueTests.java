package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.delivery.Attempt.Answered;
import io.bascule.api.webhooks.delivery.DeliveryQueue.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                return stored.claim(10, 4);
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
        DueDelivery lost = stored.claim(1, 1).getFirst();
        assertThat(stored.claim(1, 9)).isEmpty();
        stored.timePasses();
        DueDelivery again = stored.claim(1, 1).getFirst();

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
            stored.settle.settle(stored.claim(1, 4).getFirst(), new Answered(500, null));
        }
        assertThat(stored.claim(10, 4)).as("it rests").isEmpty();

        stored.timePasses();
        List<DueDelivery> trial = stored.claim(10, 4);
        assertThat(trial).hasSize(1);
        stored.settle.settle(trial.getFirst(), new Answered(200, null));
        assertThat(stored.claim(10, 4)).hasSize(4);
    }

    @Test
    void webhooksThatWaitedLongestComeFirst() {
        UUID other = stored.webhook("two", "https://example.org/two", SigningSecret.generate());
        stored.events(webhook, 5);
        stored.events(other, 5);

        UUID first = stored.claim(1, 4).getFirst().endpoint().webhook();
        UUID second = stored.claim(1, 4).getFirst().endpoint().webhook();

        assertThat(List.of(first, second)).containsExactlyInAnyOrder(webhook, other);
    }

    @Test
    void webhooksThatHaveAllTheirPlacesDoNotStandInTheWay() {
        UUID failing = stored.webhook("failing", "https://example.org/failing", SigningSecret.generate());
        stored.database
                .sql("update webhooks set failures = ?, failing_since = now() where id = ?")
                .params(EndpointHealth.MANY, failing)
                .update();
        stored.events(webhook, 5);
        stored.events(failing, 5);
        assertThat(stored.claim(10, 2)).hasSize(3);
        UUID well = stored.webhook("well", "https://example.org/well", SigningSecret.generate());
        stored.database
                .sql("update webhooks set served_at = clock_timestamp() where id = ?")
                .param(well)
                .update();
        stored.events(well, 5);

        assertThat(stored.claim(2, 2))
                .hasSize(2)
                .allSatisfy(
                        delivery -> assertThat(delivery.endpoint().webhook()).isEqualTo(well));
    }

    @Test
    void workspacesTakePlacesInTurn() {
        for (int i = 0; i < 8; i++) {
            stored.events(stored.webhook("many" + i, "https://example.org/" + i, SigningSecret.generate()), 5);
        }
        UUID other =
                stored.webhook(stored.workspace("other"), "theirs", "https://example.org/", SigningSecret.generate());
        stored.events(other, 5);
        stored.database
                .sql("update webhooks set served_at = clock_timestamp() where id = ?")
                .param(other)
                .update();

        assertThat(workspaces(new Room(6, 4, 6, Map.of())))
                .containsExactlyInAnyOrder("default", "default", "default", "other", "other", "other");
    }

    @Test
    void aWorkspaceThatHoldsMoreComesLater() {
        stored.events(webhook, 5);
        stored.events(
                stored.webhook(stored.workspace("other"), "theirs", "https://example.org/", SigningSecret.generate()),
                5);

        assertThat(workspaces(new Room(3, 4, 9, Map.of("default", 2))))
                .containsExactlyInAnyOrder("other", "other", "default");
    }

    @Test
    void aWorkspaceHoldsNoMoreThanItsShare() {
        stored.events(webhook, 5);

        assertThat(workspaces(new Room(4, 4, 3, Map.of("default", 1)))).hasSize(2);
        assertThat(workspaces(new Room(4, 4, 3, Map.of("default", 3)))).isEmpty();
    }

    private List<String> workspaces(Room room) {
        return stored.queue.claim(room).stream()
                .map(delivery -> delivery.endpoint().workspace())
                .toList();
    }

    @Test
    void anEarlierSecretSignsUntilItsTimeIsUp() {
        stored.events(webhook, 2);
        byte[] previous = stored.seal.seal(SigningSecret.generate().key(), webhook);
        stored.database.sql("""
                        update webhooks set sealed_previous_secret = ?, previous_secret_until = clock_timestamp() + interval '1 h'
                        where id = ?""").params(previous, webhook).update();
        assertThat(stored.claim(1, 4).getFirst().endpoint().secrets()).hasSize(2);

        stored.database
                .sql("update webhooks set previous_secret_until = clock_timestamp() - interval '1 s'")
                .update();
        assertThat(stored.claim(1, 4).getFirst().endpoint().secrets()).hasSize(1);
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

        assertThat(stored.claim(1, 4).getFirst().endpoint().secrets()).isEmpty();
    }
}
