package io.bascule.api.identity.tokens;

import io.bascule.api.identity.users.Membership;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as a request is checked against it.
 *
 * @param member whose it is; null if they have left the workspace or are disabled
 */
record StoredToken(AccessToken token, @Nullable Membership member) {

    boolean isExpired(Instant now) {
        Instant end = token.expiresAt();
        return end != null && !now.isBefore(end);
    }

    boolean isRevoked() {
        return token.revokedAt() != null || member == null;
    }
}
