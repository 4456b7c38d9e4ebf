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
     * @param bridges on which it may be opened, the best first; never empty
     * @param standbys over which it may go on later, the best first
     */
    record Open(ResourceTarget target, List<Bridge> bridges, List<Bridge> standbys) implements OpenDecision {

        public Open {
            bridges = List.copyOf(bridges);
            standbys = List.copyOf(standbys);
        }
    }

    /** It may not, or cannot now. */
    record Refused(Target target, Outcome outcome, ProblemException problem) implements OpenDecision {}
}
