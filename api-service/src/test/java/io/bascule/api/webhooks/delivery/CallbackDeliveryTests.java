package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.delivery.Receiver.Received;
import io.bascule.testsupport.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callbacks through the engine of webhooks, to a real receiver. */
@Timeout(120)
class CallbackDeliveryTests {

    private static final Map<String, List<String>> LOOPBACK = Map.of("default", List.of("127.0.0.0/8"));

    private final Stored stored = new Stored();
    private final Receiver receiver = Receiver.start();
    private final SigningSecret secret = SigningSecret.generate();
    private final List<DeliverDue> pods = new ArrayList<>();

    @BeforeEach
    void makeSecret() {
        stored.callbackSecret(stored.workspace, secret);
    }

    @AfterEach
    void stop() throws InterruptedException {
        receiver.close();
        for (DeliverDue pod : pods) {
            pod.stop();
        }
    }

    @Test
    void anEndThatIsNotTakenAtFirstIsToldAgainUnderTheSameIdUntilItIsTaken() throws Exception {
        receiver.answer("/done", 503);
        UUID task = end(stored.workspace, receiver.url("/done"));
        start();
        receiver.await("/done", 1);
        Await.until(() -> stored.countOf(task, "waiting") == 1);

        receiver.answer("/done", 204);
        stored.timePasses();
        Await.until(() -> stored.countOf(task, "delivered") == 1);

        assertThat(receiver.at("/done")).hasSize(2).allSatisfy(received -> {
            assertThat(received.id()).isEqualTo("end-" + task);
            assertThat(received.isSignedWith(secret.text())).isTrue();
            assertThat(received.contentType()).startsWith("application/cloudevents+json");
        });
    }

    @Test
    void whileTheSecretIsRotatedBothSign() throws Exception {
        SigningSecret next = SigningSecret.generate();
        stored.callbackSecret(stored.workspace, next);
        end(stored.workspace, receiver.url("/both"));
        start();

        Received received = receiver.await("/both", 1).getFirst();

        assertThat(received.isSignedWith(secret.text())).isTrue();
        assertThat(received.isSignedWith(next.text())).isTrue();
        assertThat(received.isSignedWith(SigningSecret.generate().text())).isFalse();
    }

    @Test
    void anAddressThatIsGoneEndsItsOwnDeliveryOnly() throws Exception {
        receiver.answer("/gone", 410);
        UUID gone = end(stored.workspace, receiver.url("/gone"));
        start();
        Await.until(() -> stored.countOf(gone, "failed") == 1);

        UUID task = end(stored.workspace, receiver.url("/there"));

        Await.until(() -> stored.countOf(task, "delivered") == 1);
        assertThat(stored.audited).isEmpty();
    }

    @Test
    void anOriginThatIsDownHoldsUpNoOther() throws Exception {
        try (Receiver down = Receiver.start()) {
            down.answer("/", 500);
            for (int i = 0; i < 2 * EndpointHealth.MANY; i++) {
                end(stored.workspace, down.url("/"));
            }
            start();
            Await.until(() -> stored.database
                            .sql("select max(failures) from webhooks")
                            .query(Integer.class)
                            .single()
                    >= EndpointHealth.MANY);

            UUID task = end(stored.workspace, receiver.url("/up"));

            Await.until(() -> stored.countOf(task, "delivered") == 1);
        }
    }

    @Test
    void anAddressInsideIsRefusedWhenItsTurnComes() {
        UUID other = stored.workspace("other");
        stored.callbackSecret(other, secret);
        UUID task = end(other, receiver.url("/inside"));
        UUID named = end(
                other, "http://localhost:%s/inside".formatted(receiver.url("").replaceAll(".*:", "")));
        start();

        Await.until(() -> stored.countOf(task, "failed") == 1 && stored.countOf(named, "failed") == 1);

        assertThat(receiver.at("/inside")).isEmpty();
        assertThat(stored.database
                        .sql("select last_error from webhook_deliveries where task_id = ?")
                        .param(task)
                        .query(String.class)
                        .single())
                .contains("127.0.0.1 is a private address");
    }

    private UUID end(UUID workspace, String url) {
        UUID task = stored.callback(workspace, url);
        assertThat(stored.record.record(List.of(stored.end(workspace, task)))).isOne();
        return task;
    }

    private void start() {
        var properties = new WebhookProperties(
                8,
                2,
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                Duration.ofDays(7),
                LOOPBACK);
        var clients = new EndpointClients(new WebhookAddresses(LOOPBACK), 8, properties.timeout());
        var send = new SendDelivery(clients, InstantSource.system(), properties.timeout());
        var metrics = new DeliveryMetrics(new SimpleMeterRegistry());
        var pod = new DeliverDue(stored.queue, send, stored.settle, metrics, properties);
        pods.add(pod);
        pod.start();
    }
}
