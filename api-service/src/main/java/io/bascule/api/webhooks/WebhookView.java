package io.bascule.api.webhooks;

import io.bascule.api.webhooks.Webhook.Settings;
import io.bascule.api.webhooks.Webhook.Standing;
import io.bascule.tasks.Submitter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as clients see it.
 *
 * @param disabledReason why the platform disabled it; missing when a person did
 * @param failures of its endpoint in a row, over all deliveries
 * @param previousSecretUntil until when the secret before the present one signs, too
 * @param secret only in the answer that made it: it is not shown again
 */
record WebhookView(
        UUID id,
        String name,
        String url,
        List<String> eventTypes,
        String description,
        boolean enabled,
        @Nullable Instant disabledAt,
        @Nullable String disabledReason,
        int failures,
        @Nullable Instant previousSecretUntil,
        Instant createdAt,
        Instant updatedAt,
        Submitter createdBy,
        @Nullable String secret) {

    static WebhookView of(Webhook webhook) {
        return of(webhook, null);
    }

    static WebhookView of(CreateWebhook.Created created) {
        return of(created.webhook(), created.secret().text());
    }

    private static WebhookView of(Webhook webhook, @Nullable String secret) {
        Settings settings = webhook.settings();
        Standing standing = webhook.standing();
        return new WebhookView(
                webhook.id(),
                settings.name(),
                settings.url(),
                settings.eventTypes(),
                settings.description(),
                standing.disabledAt() == null,
                standing.disabledAt(),
                standing.disabledReason(),
                standing.failures(),
                standing.previousSecretUntil(),
                standing.createdAt(),
                standing.updatedAt(),
                standing.createdBy(),
                secret);
    }
}
