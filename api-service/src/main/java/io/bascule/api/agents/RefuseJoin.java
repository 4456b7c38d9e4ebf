package io.bascule.api.agents;

import io.bascule.api.agents.JoinTokens.Known;
import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.service.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says why a join token was not good, to the agent and to the audit log. */
@Component
class RefuseJoin {

    private static final Actor NOBODY = new Actor(Actor.Kind.ANONYMOUS, "", "");

    private final JoinTokens tokens;
    private final AuditLog audit;

    RefuseJoin(JoinTokens tokens, AuditLog audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    ProblemException refuse(JoinToken token, RequestOrigin origin) {
        Optional<Known> known = tokens.find(token);
        AgentProblem problem = known.map(RefuseJoin::reason).orElse(AgentProblem.JOIN_TOKEN_INVALID);
        audit.record(new AuditEvent(
                known.map(Known::workspace).orElse(null),
                NOBODY,
                origin,
                "agent.join.refuse",
                known.map(agent -> new Target("agent", agent.agent().toString(), agent.agentName()))
                        .orElse(new Target("agent", "", "")),
                Outcome.DENIED,
                Map.of("reason", problem.code())));
        return new ProblemException(problem, "Ask an administrator for a new one (`bascule agent token NAME`)");
    }

    private static AgentProblem reason(Known known) {
        if (known.agentRevokedAt() != null) {
            return AgentProblem.JOIN_TOKEN_INVALID;
        }
        return known.usedAt() != null ? AgentProblem.JOIN_TOKEN_USED : AgentProblem.JOIN_TOKEN_EXPIRED;
    }
}
