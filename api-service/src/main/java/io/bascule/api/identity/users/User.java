package io.bascule.api.identity.users;

import io.bascule.api.caller.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as a workspace's members see them. */
record User(
        UUID id,
        String username,
        Role role,
        Instant createdAt,
        @Nullable Instant disabledAt) {

    User with(Role role) {
        return new User(id, username, role, createdAt, disabledAt);
    }
}
