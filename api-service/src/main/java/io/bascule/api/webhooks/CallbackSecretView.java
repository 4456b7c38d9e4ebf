package io.bascule.api.webhooks;

import io.bascule.api.webhooks.JdbcCallbacks.SecretTimes;
import io.bascule.api.webhooks.delivery.SigningSecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The secret that signs a workspace's callbacks, as clients see it.
 *
 * @param createdAt of the present one
 * @param previousSecretUntil until when the secret before the present one signs, too
 * @param secret only in the answer that made it: it is not shown again
 */
record CallbackSecretView(
        Instant createdAt,
        @Nullable Instant previousSecretUntil,
        @Nullable String secret) {

    static CallbackSecretView of(SecretTimes times) {
        return new CallbackSecretView(times.createdAt(), times.previousUntil(), null);
    }

    static CallbackSecretView of(SecretTimes times, SigningSecret secret) {
        return new CallbackSecretView(times.createdAt(), times.previousUntil(), secret.text());
    }
}
