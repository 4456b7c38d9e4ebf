package io.bascule.api.caller;

import io.bascule.service.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in user behind a request, in one workspace. A controller takes it as a parameter; everything it looks up or
 * changes is within {@link #workspace()}.
 *
 * @param workspace the workspace's id
 * @param workspaceName its name
 * @param user the user's id
 * @param username the user's name
 * @param role what the user may do in this workspace
 * @param origin where the request came from
 * @param token the access token that the request came with, if it came with one
 */
public record Caller(
        UUID workspace,
        String workspaceName,
        UUID user,
        String username,
        Role role,
        RequestOrigin origin,
        @Nullable UUID token) {

    /** Refuses with {@code forbidden} unless the role includes the given one. */
    public void require(Role required) {
        if (!role.includes(required)) {
            throw new ProblemException(
                    CallerProblem.FORBIDDEN,
                    "This takes the role %s; yours in workspace %s is %s"
                            .formatted(required.text(), workspaceName, role.text()));
        }
    }
}
