package io.bascule.api.webhooks.delivery;

import java.util.List;
import java.util.UUID;

/**
 * A delivery that this pod has claimed.
 *
 * @param attempt the number of this claim, by which it is settled
 * @param failures how often it failed before
 */
record DueDelivery(UUID id, Endpoint endpoint, Message message, int attempt, int failures) {

    /**
     * Where it goes.
     *
     * @param workspace its name
     * @param secrets all of them sign; none when they cannot be opened
     */
    record Endpoint(UUID webhook, String workspace, String url, List<SigningSecret> secrets) {

        Endpoint {
            secrets = List.copyOf(secrets);
        }
    }

    /** What is sent. */
    record Message(String eventId, String body) {}
}
