package io.bascule.api.secrets;

import java.time.Instant;

/**
 * A secret as callers see it: never with its value.
 *
 * @param version grows with every new value
 * @param updatedBy name of the user who set this value
 */
record SecretView(String name, long version, Instant createdAt, Instant updatedAt, String updatedBy) {

    static SecretView of(Secret secret) {
        return new SecretView(
                secret.name(), secret.version(), secret.createdAt(), secret.updatedAt(), secret.updatedBy());
    }
}
