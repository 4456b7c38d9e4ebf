package io.bascule.api.bridges;

import static java.util.stream.Collectors.toSet;

import io.bascule.api.bridges.BridgeReport.Connected;
import io.bascule.api.caller.RequestOrigin;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes a bridge's report in: its presence first, so that it is true even while the database is away, then its tunnels.
 * Every step can be repeated, since a bridge that got no answer sends its changes again.
 */
@Component
class FollowBridge {

    private final BridgePresence bridges;
    private final AgentPresence agents;
    private final RevokedAgents revoked;
    private final CarriedTunnels tunnels;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    FollowBridge(
            BridgePresence bridges,
            AgentPresence agents,
            RevokedAgents revoked,
            CarriedTunnels tunnels,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.bridges = bridges;
        this.agents = agents;
        this.revoked = revoked;
        this.tunnels = tunnels;
        this.events = events;
        this.clock = clock;
    }

    Followed follow(String id, BridgeReport report, RequestOrigin origin) {
        Instant now = clock.instant();
        ReceivedReport received = ReceivedReport.of(id, report, bridges.find(id), now);
        Set<UUID> refused = received.late() ? Set.of() : updatePresence(received.bridge(), report, now);
        return new Followed(
                received.resync(),
                tunnels.follow(id, report, origin),
                List.copyOf(refused),
                tunnels.revocations(report.latestRevocation()).orElse(null));
    }

    private Set<UUID> updatePresence(Bridge bridge, BridgeReport report, Instant now) {
        bridges.reported(bridge, report);
        agents.disconnected(bridge.id(), report.agents().disconnected());
        return report.agents().connected().isEmpty()
                ? Set.of()
                : connect(bridge, report.agents().connected(), now);
    }

    /** Says which agents are to be sent away. */
    private Set<UUID> connect(Bridge bridge, List<Connected> named, Instant now) {
        Set<UUID> refused = new HashSet<>(revoked.among(ids(named)));
        List<Connected> welcome = new ArrayList<>(named.size());
        for (Connected agent : named) {
            if (!agent.wellFormed()) {
                refused.add(agent.agent());
            } else if (!refused.contains(agent.agent())) {
                welcome.add(agent);
            }
        }
        agents.connected(bridge.id(), welcome);
        events.publishEvent(new AgentsSeen(ids(welcome), now));
        return refused;
    }

    private static Set<UUID> ids(List<Connected> agents) {
        return agents.stream().map(Connected::agent).collect(toSet());
    }

    /**
     * What the bridge is told.
     *
     * @param resync whether its next report has to be full
     * @param close tunnels to close
     * @param disconnect agents that were revoked
     * @param revocations that it may not know; null while they cannot be read, which is not the same as none
     */
    record Followed(
            boolean resync,
            List<CarriedTunnels.Closing> close,
            List<UUID> disconnect,
            @Nullable List<CarriedTunnels.Revocation> revocations) {}
}
