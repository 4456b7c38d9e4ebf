package io.bascule.api.tunnels;

import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.bridges.AgentPresence;
import io.bascule.api.bridges.Bridge;
import io.bascule.api.bridges.BridgePresence;
import io.bascule.api.bridges.BridgeProblem;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.CallerProblem;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.Names;
import io.bascule.api.resources.FindTarget;
import io.bascule.api.resources.ResourceTarget;
import io.bascule.api.tunnels.OpenDecision.Open;
import io.bascule.api.tunnels.OpenDecision.Refused;
import io.bascule.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Decides whether a tunnel may be opened, and over which bridges. Changes nothing. */
@Component
class DecideTunnel {

    private final FindTarget targets;
    private final AccessRuleStore rules;
    private final BridgePresence bridges;
    private final AgentPresence agents;

    DecideTunnel(FindTarget targets, AccessRuleStore rules, BridgePresence bridges, AgentPresence agents) {
        this.targets = targets;
        this.rules = rules;
        this.bridges = bridges;
        this.agents = agents;
    }

    OpenDecision decide(Caller caller, String resource) {
        try {
            caller.require(Role.OPERATOR);
        } catch (ProblemException forbidden) {
            return new Refused(asked(resource), Outcome.DENIED, forbidden);
        }
        return targets.find(caller.workspace(), resource)
                .map(target -> decide(caller, target))
                .orElseGet(() -> new Refused(
                        asked(resource),
                        Outcome.FAILED,
                        new ProblemException(
                                TunnelProblem.RESOURCE_NOT_FOUND,
                                "No resource of this workspace has the id or name " + Names.shown(resource))));
    }

    private OpenDecision decide(Caller caller, ResourceTarget target) {
        if (!rules.of(caller.workspace()).allow(caller.role(), target.labels())) {
            String detail = "The access rules of this workspace do not allow you %s".formatted(target.name());
            return new Refused(of(target), Outcome.DENIED, new ProblemException(CallerProblem.FORBIDDEN, detail));
        }
        if (target.agentRevoked()) {
            String detail = "Agent %s was revoked; give %s another agent".formatted(target.agentName(), target.name());
            return failed(target, new ProblemException(TunnelProblem.AGENT_REVOKED, detail));
        }
        return route(target);
    }

    private OpenDecision route(ResourceTarget target) {
        List<Bridge> live = bridges.live();
        if (live.isEmpty()) {
            return failed(target, BridgeProblem.noBridge("No bridge is up"));
        }
        List<Bridge> reaching = agents.reaching(target.agent(), live);
        if (reaching.isEmpty()) {
            String detail = "Agent %s is on no bridge; start it, or see its log".formatted(target.agentName());
            return failed(target, new ProblemException(TunnelProblem.AGENT_OFFLINE, detail));
        }
        List<Bridge> chosen = BridgeChoice.choose(withLoads(reaching));
        return chosen.isEmpty()
                ? failed(target, BridgeProblem.noBridge("Every bridge that the agent is on is about to stop"))
                : new Open(target, chosen, BridgeChoice.standbys(chosen, live));
    }

    private List<BridgeChoice> withLoads(List<Bridge> candidates) {
        List<Long> loads = bridges.loads(candidates.stream().map(Bridge::id).toList());
        List<BridgeChoice> choices = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            choices.add(new BridgeChoice(candidates.get(i), loads.get(i)));
        }
        return choices;
    }

    private static Refused failed(ResourceTarget target, ProblemException problem) {
        return new Refused(of(target), Outcome.FAILED, problem);
    }

    private static Target of(ResourceTarget target) {
        return new Target("resource", target.id().toString(), target.name());
    }

    private static Target asked(String resource) {
        return new Target("resource", "", Names.shown(resource));
    }
}
