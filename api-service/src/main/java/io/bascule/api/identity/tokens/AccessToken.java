package io.bascule.api.identity.tokens;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A personal token as its owner sees it in a list.
 *
 * @param expiresAt null if it does not expire
 * @param lastUsedAt to the minute; null if never used
 */
record AccessToken(
        UUID id,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
