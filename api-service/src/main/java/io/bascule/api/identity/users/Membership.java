package io.bascule.api.identity.users;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.caller.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's place in one workspace, as stored: a {@link Caller} that has not made a request yet.
 *
 * @param workspace the workspace's id
 * @param user the user's id
 * @param token the access token that said so, if one did
 */
public record Membership(
        UUID workspace,
        String workspaceName,
        UUID user,
        String username,
        Role role,
        @Nullable UUID token) {

    public Caller from(RequestOrigin origin) {
        return new Caller(workspace, workspaceName, user, username, role, origin, token);
    }
}
