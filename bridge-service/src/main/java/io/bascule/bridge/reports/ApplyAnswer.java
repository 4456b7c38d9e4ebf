package io.bascule.bridge.reports;

import io.bascule.bridge.control.Agents;
import io.bascule.bridge.control.BridgeDirectory;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.revocations.Revocation;
import io.bascule.bridge.revocations.RevocationList;
import io.bascule.bridge.tickets.KeptTicketKeys;
import io.bascule.tunnel.ResetCode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Does what the API answered: ends what is revoked, and takes over its bridges and ticket keys. */
final class ApplyAnswer {

    private static final String AGENT_REVOKED = "the agent was revoked";

    private final Tunnels tunnels;
    private final Agents agents;
    private final RevocationList revocations;
    private final BridgeDirectory bridges;
    private final KeptTicketKeys keys;

    ApplyAnswer(
            Tunnels tunnels, Agents agents, RevocationList revocations, BridgeDirectory bridges, KeptTicketKeys keys) {
        this.tunnels = tunnels;
        this.agents = agents;
        this.revocations = revocations;
        this.bridges = bridges;
        this.keys = keys;
    }

    void apply(Answer answer) {
        answer.close()
                .forEach(close -> tunnels.reset(
                        close.tunnel(),
                        ResetCode.REVOKED,
                        close.reason() == null ? "closed by an administrator" : close.reason()));
        List<Answer.Revoked> revoked = answer.revocations();
        if (revoked != null) {
            revocations
                    .add(revoked.stream().map(Answer.Revoked::revocation).toList())
                    .forEach(this::revoke);
        }
        answer.disconnect().forEach(agent -> sendAway(agent, AGENT_REVOKED));
        bridges.replace(answer.bridges().stream()
                .map(bridge -> new BridgeDirectory.Entry(bridge.id(), bridge.address(), bridge.authority()))
                .toList());
        Map<String, String> named = answer.ticketKeys().stream()
                .collect(Collectors.toMap(Answer.TicketKey::id, Answer.TicketKey::publicKey, (_, second) -> second));
        if (!named.isEmpty()) {
            keys.replace(named);
        }
    }

    private void revoke(Revocation revocation) {
        switch (revocation.kind()) {
            case TUNNEL -> {
                tunnels.reset(revocation.subject(), ResetCode.REVOKED, revocation.reason());
                if (revocation.agent() != null) {
                    agents.revoke(revocation.agent(), revocation.subject(), revocation.reason());
                }
            }
            case AGENT -> sendAway(revocation.subject(), revocation.reason());
            case OTHER -> {
                // A newer API may revoke what this bridge does not know.
            }
        }
    }

    private void sendAway(UUID agent, String reason) {
        tunnels.resetOfAgent(agent, ResetCode.REVOKED, reason);
        agents.sendAway(agent, reason);
    }
}
