package io.bascule.api.agents;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.NewId;
import io.bascule.service.problem.ProblemException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Registers an agent. It can do nothing yet: that takes a join token. */
@Component
class CreateAgent {

    private final AgentRepository agents;
    private final AuditLog audit;
    private final NewId ids;
    private final InstantSource clock;

    CreateAgent(AgentRepository agents, AuditLog audit, NewId ids, InstantSource clock) {
        this.agents = agents;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    Agent create(Caller caller, NewAgent wanted) {
        caller.require(Role.ADMIN);
        Agent agent = insert(new Agent(
                ids.next(),
                caller.workspace(),
                wanted.name(),
                wanted.labels(),
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
        audit.record(AuditEvent.allowed(caller, "agent.create", agent.asTarget()));
        return agent;
    }

    private Agent insert(Agent agent) {
        try {
            return agents.saveAndFlush(agent);
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(
                    AgentProblem.AGENT_NAME_TAKEN,
                    "There is an agent %s already; revoke it or choose another name".formatted(agent.name()));
        }
    }
}
