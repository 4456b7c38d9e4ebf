package io.bascule.api.agents;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a token with which an instance of an agent can join once. It is shown in the answer and nowhere else. */
@Component
class CreateJoinToken {

    private static final int MAXIMUM_MINUTES = 7 * 24 * 60;

    private final FindAgent agents;
    private final JoinTokens tokens;
    private final AuditLog audit;
    private final InstantSource clock;

    CreateJoinToken(FindAgent agents, JoinTokens tokens, AuditLog audit, InstantSource clock) {
        this.agents = agents;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Created create(Caller caller, String idOrName, int minutes) {
        caller.require(Role.ADMIN);
        checkRange(minutes);
        Agent agent = agents.require(caller.workspace(), idOrName);
        if (agent.revoked()) {
            throw new ProblemException(AgentProblem.AGENT_REVOKED, "Create a new agent; this one cannot join again");
        }
        JoinToken token = JoinToken.make();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expiresAt = now.plus(Duration.ofMinutes(minutes));
        tokens.add(token, agent.id(), caller.user(), now, expiresAt);
        audit.record(AuditEvent.allowed(caller, "agent.join-token.create", agent.asTarget())
                .with(Map.of("expiresAt", expiresAt.toString())));
        return new Created(token, expiresAt);
    }

    private static void checkRange(int minutes) {
        if (minutes < 1 || minutes > MAXIMUM_MINUTES) {
            String detail = "expiresInMinutes: %d (expected: 1 to %d)".formatted(minutes, MAXIMUM_MINUTES);
            throw new ProblemException(
                    CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem("/expiresInMinutes", detail)));
        }
    }

    /** A token that was just made. */
    record Created(JoinToken token, Instant expiresAt) {}
}
