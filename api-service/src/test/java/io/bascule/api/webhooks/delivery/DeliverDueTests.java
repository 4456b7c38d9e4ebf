package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.delivery.Receiver.Received;
import io.bascule.testsupport.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(120)
class DeliverDueTests {

    private static final List<String> LOOPBACK_ONLY = List.of("127.0.0.0/8");
    private static final Map<String, List<String>> LOOPBACK = Map.of("default", LOOPBACK_ONLY);

    private final Stored stored = new Stored();
    private final Receiver receiver = Receiver.start();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final SigningSecret secret = SigningSecret.generate();
    private final List<DeliverDue> pods = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        receiver.close();
        for (DeliverDue pod : pods) {
            pod.stop();
        }
    }

    @Test
    void aDeliveryArrivesSignedOnceAndIsDone() throws Exception {
        UUID webhook = stored.webhook("one", receiver.url("/one"), secret);
        stored.events(webhook, 1);
        pod(8, Duration.ofSeconds(30)).start();

        Received received = receiver.await("/one", 1).getFirst();
        Await.until(() -> stored.count(webhook, "delivered") == 1);

        assertThat(received.id()).isEqualTo("e0");
        assertThat(received.body()).isEqualTo("{\"id\":\"e0\"}");
        assertThat(received.contentType()).startsWith("application/cloudevents+json");
        assertThat(received.isSignedWith(secret.text())).isTrue();
        assertThat(received.isSignedWith(SigningSecret.generate().text())).isFalse();
        assertThat(receiver.at("/one")).hasSize(1);
        Await.until(() -> attempts("delivered") == 1);
    }

    @Test
    void aSlowEndpointHoldsItsOwnPlacesOnly() throws Exception {
        receiver.shut("/slow");
        UUID slow = stored.webhook("slow", receiver.url("/slow"), secret);
        UUID quick = stored.webhook("quick", receiver.url("/quick"), secret);
        stored.events(slow, 20);
        stored.events(quick, 20);
        pod(4, Duration.ofSeconds(30)).start();

        receiver.await("/slow", 2);
        receiver.await("/quick", 20);
        Await.until(() -> stored.count(quick, "delivered") == 20);

        assertThat(receiver.at("/slow")).hasSize(2);
        assertThat(receiver.mostAtOnce("/slow")).isEqualTo(2);
        assertThat(stored.count(slow, "delivered")).isZero();
        receiver.open("/slow");
        Await.until(() -> stored.count(slow, "delivered") == 20);
        assertThat(receiver.mostAtOnce("/slow")).isEqualTo(2);
    }

    @Test
    void aWorkspaceWithManySlowEndpointsLeavesPlacesToOthers() throws Exception {
        receiver.shut("/slow");
        for (int i = 0; i < 6; i++) {
            stored.events(stored.webhook("slow" + i, receiver.url("/slow"), secret), 5);
        }
        UUID other = stored.workspace("other");
        UUID theirs = stored.webhook(other, "theirs", receiver.url("/theirs"), secret);
        pod(8, Duration.ofSeconds(30), Map.of("default", LOOPBACK_ONLY, "other", LOOPBACK_ONLY))
                .start();
        receiver.await("/slow", Places.perWorkspace(8));

        stored.events(theirs, 5);

        Await.until(() -> stored.count(theirs, "delivered") == 5);
        int slow = stored.database
                .sql("select count(*) from webhook_deliveries where state = 'sending' and webhook_id <> ?")
                .param(theirs)
                .query(Integer.class)
                .single();
        assertThat(slow).isLessThanOrEqualTo(Places.perWorkspace(8));
    }

    @Test
    void whatAnEndpointMissedItGetsWhenItIsBack() throws Exception {
        receiver.answer("/down", 503);
        UUID webhook = stored.webhook("down", receiver.url("/down"), secret);
        stored.events(webhook, 12);
        pod(8, Duration.ofSeconds(30)).start();

        receiver.await("/down", EndpointHealth.MANY);
        Await.until(() -> failuresInARow(webhook) >= EndpointHealth.MANY && stored.count(webhook, "sending") == 0);
        assertThat(stored.count(webhook, "delivered")).isZero();
        assertThat(stored.count(webhook, "waiting")).isEqualTo(12);
        assertThat(receiver.at("/down")).as("it is left alone then").hasSizeLessThan(12);

        receiver.answer("/down", 204);
        Await.until(() -> {
            stored.timePasses();
            return stored.count(webhook, "delivered") == 12;
        });
        assertThat(receiver.at("/down").stream().map(Received::id).collect(Collectors.toSet()))
                .hasSize(12);
        assertThat(failuresInARow(webhook)).isZero();
        assertThat(attempts("retried")).isGreaterThanOrEqualTo(EndpointHealth.MANY);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anEndpointThatIsGoneDisablesItsWebhookAndNoSecretIsTold(CapturedOutput log) {
        receiver.answer("/gone", 410);
        UUID webhook = stored.webhook("gone", receiver.url("/gone?token=hush"), secret);
        stored.events(webhook, 5);
        pod(1, Duration.ofSeconds(30)).start();

        Await.until(() -> stored.audited.contains("webhook.disable gone"));
        stored.timePasses();

        assertThat(stored.database
                        .sql("select disabled_reason from webhooks where id = ?")
                        .param(webhook)
                        .query(String.class)
                        .single())
                .contains("410 Gone");
        assertThat(stored.claim(10, 10)).isEmpty();
        assertThat(log.getAll())
                .contains("is disabled")
                .doesNotContain("hush", secret.text(), secret.text().substring("whsec_".length()));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        receiver.answer("/moved", 307);
        UUID webhook = stored.webhook("moved", receiver.url("/moved"), secret);
        stored.events(webhook, 1);
        pod(1, Duration.ofSeconds(30)).start();

        Await.until(() -> attempts("retried") >= 1);

        assertThat(receiver.at("/elsewhere")).isEmpty();
        assertThat(lastError(webhook)).contains("status 307");
    }

    @Test
    void onlyAWorkspaceThatMayReachesAPrivateAddress() throws Exception {
        UUID other = stored.database
                .sql("insert into workspaces (name) values ('other') returning id")
                .query(UUID.class)
                .single();
        UUID inside = stored.webhook(other, "inside", receiver.url("/inside"), secret);
        UUID allowed = stored.webhook("allowed", receiver.url("/allowed"), secret);
        stored.events(inside, 1);
        stored.events(allowed, 1);
        pod(4, Duration.ofSeconds(30)).start();

        Await.until(() -> stored.count(allowed, "delivered") == 1 && stored.count(inside, "failed") == 1);

        assertThat(receiver.at("/inside")).isEmpty();
        assertThat(lastError(inside)).contains("127.0.0.1 is a private address");
    }

    @Test
    void aStopWaitsForWhatIsBeingSent() throws Exception {
        receiver.shut("/held");
        UUID webhook = stored.webhook("held", receiver.url("/held"), secret);
        stored.events(webhook, 5);
        DeliverDue pod = pod(2, Duration.ofSeconds(60));
        pod.start();
        receiver.await("/held", 2);

        Thread stop = Thread.ofVirtual().start(() -> {
            try {
                pod.stop();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        receiver.open("/held");
        stop.join();

        assertThat(stored.count(webhook, "sending")).isZero();
        assertThat(stored.count(webhook, "delivered")).isGreaterThanOrEqualTo(2);
        assertThat(attempts("handed_back")).isZero();
    }

    @Test
    void whatDoesNotEndIsHandedBackForAnotherPod() throws Exception {
        receiver.shut("/stuck");
        UUID webhook = stored.webhook("stuck", receiver.url("/stuck"), secret);
        stored.events(webhook, 2);
        DeliverDue pod = pod(2, Duration.ofMillis(50));
        pod.start();
        receiver.await("/stuck", 2);

        pod.stop();

        assertThat(stored.count(webhook, "waiting")).isEqualTo(2);
        assertThat(attempts("handed_back")).isEqualTo(2);
        assertThat(failuresInARow(webhook)).isZero();
        receiver.open("/stuck");
        pod(2, Duration.ofSeconds(30)).start();
        Await.until(() -> stored.count(webhook, "delivered") == 2);
    }

    private DeliverDue pod(int concurrency, Duration drain) {
        return pod(concurrency, drain, LOOPBACK);
    }

    private DeliverDue pod(int concurrency, Duration drain, Map<String, List<String>> open) {
        var properties = new WebhookProperties(
                concurrency, 2, Duration.ofSeconds(30), Duration.ofMillis(100), drain, Duration.ofDays(7), open);
        var clients = new EndpointClients(new WebhookAddresses(open), concurrency, properties.timeout());
        var send = new SendDelivery(clients, InstantSource.system(), properties.timeout());
        var pod = new DeliverDue(stored.queue, send, stored.settle, new DeliveryMetrics(metrics), properties);
        pods.add(pod);
        return pod;
    }

    private int failuresInARow(UUID webhook) {
        return stored.database
                .sql("select failures from webhooks where id = ?")
                .param(webhook)
                .query(Integer.class)
                .single();
    }

    private String lastError(UUID webhook) {
        return stored.database
                .sql("select last_error from webhook_deliveries where webhook_id = ?")
                .param(webhook)
                .query(String.class)
                .single();
    }

    private double attempts(String outcome) {
        return metrics.get("bascule.webhook.deliveries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
