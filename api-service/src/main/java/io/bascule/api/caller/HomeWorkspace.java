package io.bascule.api.caller;

import io.bascule.service.problem.ProblemException;

/**
 * The workspace whose people run the platform: what concerns all of it is shown and changed from there alone, since nothing of
 * one workspace may be seen from another.
 */
public final class HomeWorkspace {

    private static final String NAME = "default";

    private HomeWorkspace() {}

    /** Whether this caller is of it, whatever the role. */
    public static boolean isOf(Caller caller) {
        return caller.workspaceName().equals(NAME);
    }

    /** Refuses with {@code forbidden} who has not this role in it. */
    public static void require(Caller caller, Role role) {
        caller.require(role);
        if (!isOf(caller)) {
            throw new ProblemException(
                    CallerProblem.FORBIDDEN,
                    "What concerns the whole platform is for the workspace %s; yours is %s"
                            .formatted(NAME, caller.workspaceName()));
        }
    }
}
