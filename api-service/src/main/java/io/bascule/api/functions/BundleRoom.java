package io.bascule.api.functions;

import io.bascule.api.caller.Caller;
import io.bascule.service.problem.ProblemException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the bundles of a workspace from taking more than they may; two that take the last of it at once cannot both. */
@Component
class BundleRoom {

    private final JdbcFunctions functions;
    private final long mostBytes;

    BundleRoom(JdbcFunctions functions, FunctionProperties properties) {
        this.functions = functions;
        this.mostBytes = properties.bundles().toBytes();
    }

    /**
     * To be called in the transaction that stores a version.
     *
     * @throws ProblemException naming the bound and how to change it, if there is no room for it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void require(Caller caller, CheckedCode code) {
        if (code.bundle() == null) {
            return;
        }
        int bytes = code.bundle().archive().size();
        long taken = functions.bundleBytes(caller.workspace());
        if (taken + bytes > mostBytes) {
            throw new ProblemException(
                    FunctionProblem.NO_ROOM_FOR_BUNDLES,
                    "Bundles of workspace %s have %d bytes, this one has %d, and all may have %d together; remove a function, or"
                                    .formatted(caller.workspaceName(), taken, bytes, mostBytes)
                            + " raise bascule.functions.bundles");
        }
    }
}
