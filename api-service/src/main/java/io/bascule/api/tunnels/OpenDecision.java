package io.bascule.api.tunnels;

import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.bridges.Bridge;
import io.bascule.api.resources.ResourceTarget;
import io.bascule.service.problem.ProblemException;
import java.util.List;

/** What came of asking for a tunnel. */
sealed interface OpenDecision {

    /**
     * It may be opened.
     *
     * @param bridges for which there will be tickets, the one to open on first; never empty
     */
    record Open(ResourceTarget target, List<Bridge> bridges) implements OpenDecision {

        public Open {
            bridges = List.copyOf(bridges);
        }
    }

    /** It may not, or cannot now. */
    record Refused(Target target, Outcome outcome, ProblemException problem) implements OpenDecision {}
}
