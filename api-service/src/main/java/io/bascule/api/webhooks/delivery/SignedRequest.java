package io.bascule.api.webhooks.delivery;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** The request that carries a delivery, signed at the moment it is made (Standard Webhooks). */
final class SignedRequest {

    private static final ContentType CONTENT =
            ContentType.create("application/cloudevents+json", StandardCharsets.UTF_8);

    private final InstantSource clock;

    SignedRequest(InstantSource clock) {
        this.clock = clock;
    }

    HttpPost of(DueDelivery delivery) {
        String id = delivery.message().eventId();
        byte[] body = delivery.message().body().getBytes(StandardCharsets.UTF_8);
        long timestamp = clock.instant().getEpochSecond();
        String signatures = delivery.endpoint().secrets().stream()
                .map(secret -> secret.sign(id, timestamp, body))
                .collect(Collectors.joining(" "));
        var request = new HttpPost(delivery.endpoint().url());
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(timestamp));
        request.setHeader("webhook-signature", signatures);
        request.setEntity(new ByteArrayEntity(body, CONTENT));
        return request;
    }
}
