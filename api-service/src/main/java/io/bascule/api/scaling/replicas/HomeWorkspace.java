package io.bascule.api.scaling.replicas;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.CallerProblem;
import io.bascule.api.caller.Role;
import io.bascule.service.problem.ProblemException;

/** Where figures of the whole platform are shown: nothing of a workspace may be countable from another. */
public final class HomeWorkspace {

    private static final String NAME = "default";

    private HomeWorkspace() {}

    /** Whether this caller is shown them, if the role permits it. */
    public static boolean isOf(Caller caller) {
        return caller.workspaceName().equals(NAME);
    }

    /** Refuses with {@code forbidden} who is not shown them. */
    public static void require(Caller caller) {
        caller.require(Role.VIEWER);
        if (!isOf(caller)) {
            throw new ProblemException(
                    CallerProblem.FORBIDDEN,
                    "Figures of the whole platform are shown in the workspace %s; yours is %s"
                            .formatted(NAME, caller.workspaceName()));
        }
    }
}
