package io.bascule.api.webhooks.delivery;

import io.bascule.api.webhooks.delivery.Attempt.Answered;
import io.bascule.api.webhooks.delivery.Attempt.NoAnswer;
import io.bascule.api.webhooks.delivery.Attempt.Refused;
import io.bascule.service.outgoing.AddressNotAllowedException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Sends one delivery and says what came of it. What the endpoint answers is read up to a bound and thrown away. */
final class SendDelivery {

    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final int LONGEST_REASON = 300;

    private final EndpointClients clients;
    private final SignedRequest requests;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("webhook-timer").daemon().factory());

    SendDelivery(EndpointClients clients, InstantSource clock, Duration timeout) {
        this.clients = clients;
        this.requests = new SignedRequest(clock);
        this.timeout = timeout;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Made to be sent once, on any thread; another may cut it off meanwhile. */
    Sending prepare(DueDelivery delivery) {
        return new Sending(delivery, requests.of(delivery));
    }

    void close() {
        timer.shutdownNow();
        clients.close();
    }

    /** One request. */
    final class Sending {

        private final DueDelivery delivery;
        private final HttpPost request;

        private Sending(DueDelivery delivery, HttpPost request) {
            this.delivery = delivery;
            this.request = request;
        }

        Attempt send() {
            if (delivery.endpoint().secrets().isEmpty()) {
                return new Refused("The secret that signs it cannot be opened; rotate it");
            }
            Future<?> end = timer.schedule(
                    () -> Thread.ofVirtual().start(this::cutOff), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return answer(clients.of(delivery.endpoint().workspace()));
            } catch (IOException | HttpException failure) {
                return explain(failure);
            } finally {
                end.cancel(false);
            }
        }

        void cutOff() {
            request.cancel();
        }

        private Attempt answer(CloseableHttpClient client) throws IOException, HttpException {
            try (ClassicHttpResponse response =
                    client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
                if (response.getEntity() != null) {
                    response.getEntity().getContent().readNBytes(MOST_ANSWER_BYTES);
                }
                return new Answered(response.getCode(), retryAfter(response.getFirstHeader("Retry-After")));
            }
        }

        private Attempt explain(Exception failure) {
            if (request.isCancelled()) {
                return new NoAnswer("No whole answer within %d s".formatted(timeout.toSeconds()));
            }
            return switch (failure) {
                case AddressNotAllowedException inside ->
                    new Refused(
                            "%s is a private address, and the operator has not allowed this workspace to reach it (bascule.webhooks.private-networks)"
                                    .formatted(shortened(inside)));
                case UnknownHostException unknown -> new NoAnswer("No address is known for " + shortened(unknown));
                default -> new NoAnswer(shortened(failure));
            };
        }
    }

    /** Only the form in seconds; a date is passed over. */
    private static @Nullable Duration retryAfter(@Nullable Header header) {
        String value = header == null ? null : header.getValue();
        return value != null && value.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
    }

    private static String shortened(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return message.length() > LONGEST_REASON ? message.substring(0, LONGEST_REASON) + "…" : message;
    }
}
