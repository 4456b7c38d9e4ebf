package io.bascule.bridge.reports;

import io.bascule.bridge.control.AgentInstance;
import io.bascule.bridge.legs.ClosedTunnel;
import io.bascule.bridge.legs.OpenTunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to tell, by comparing what is with what the API has confirmed to know. Pure: a report that got lost is
 * simply drafted again.
 */
record ReportDraft(
        boolean draining, Map<AgentInstance, String> agents, List<OpenTunnel> open, List<ClosedTunnel> closed) {

    /** What the API knows of this bridge. */
    record Known(Map<AgentInstance, String> agents, Set<Pairing> tunnels) {

        static final Known NOTHING = new Known(Map.of(), Set.of());
    }

    /** A tunnel in one epoch. */
    record Pairing(UUID tunnel, long epoch) {}

    /** What the API knows once this draft has been delivered. */
    Known known() {
        return new Known(
                agents,
                stillOpen()
                        .map(tunnel -> new Pairing(tunnel.tunnel(), tunnel.epoch()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    Report.Agents agentChanges(Known known) {
        List<Report.Connected> connected = agents.entrySet().stream()
                .filter(agent -> !agent.getValue().equals(known.agents().get(agent.getKey())))
                .map(agent -> new Report.Connected(
                        agent.getKey().agent(), agent.getKey().instance(), agent.getValue()))
                .toList();
        List<Report.Disconnected> disconnected = known.agents().keySet().stream()
                .filter(agent -> !agents.containsKey(agent))
                .map(agent -> new Report.Disconnected(agent.agent(), agent.instance()))
                .toList();
        return new Report.Agents(connected, disconnected);
    }

    Report.Tunnels tunnelChanges(Known known) {
        return new Report.Tunnels(attached(known), closedTunnels(), null);
    }

    Report.Tunnels allTunnels() {
        List<Report.Open> all = stillOpen()
                .map(tunnel -> new Report.Open(
                        tunnel.tunnel(), tunnel.epoch(), tunnel.bytesFromClient(), tunnel.bytesFromAgent()))
                .toList();
        return new Report.Tunnels(attached(Known.NOTHING), closedTunnels(), all);
    }

    /** Also those that were attached and closed since the last report. */
    private List<Report.Attached> attached(Known known) {
        List<Pairing> pairings = new ArrayList<>();
        stillOpen().forEach(tunnel -> pairings.add(new Pairing(tunnel.tunnel(), tunnel.epoch())));
        closed.stream()
                .filter(tunnel -> tunnel.connected() > 0)
                .forEach(tunnel -> pairings.add(new Pairing(tunnel.tunnel(), tunnel.connected())));
        return pairings.stream()
                .distinct()
                .filter(pairing -> !known.tunnels().contains(pairing))
                .map(pairing -> new Report.Attached(pairing.tunnel(), pairing.epoch()))
                .toList();
    }

    /** Without those that ended while the draft was made. */
    private Stream<OpenTunnel> stillOpen() {
        Set<UUID> over = closed.stream().map(ClosedTunnel::tunnel).collect(Collectors.toUnmodifiableSet());
        return open.stream().filter(tunnel -> !over.contains(tunnel.tunnel()));
    }

    private List<Report.Closed> closedTunnels() {
        return closed.stream()
                .map(tunnel -> new Report.Closed(
                        tunnel.tunnel(),
                        tunnel.epoch(),
                        tunnel.moved(),
                        tunnel.bytesFromClient(),
                        tunnel.bytesFromAgent(),
                        tunnel.code().value(),
                        tunnel.text()))
                .toList();
    }
}
