package io.bascule.api.tunnels;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.bascule.api.bridges.BestEffort;
import io.bascule.api.bridges.BridgeReport;
import io.bascule.api.bridges.BridgeReport.Attached;
import io.bascule.api.bridges.BridgeReport.Open;
import io.bascule.api.bridges.CarriedTunnels;
import io.bascule.api.caller.RequestOrigin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes in what bridges report of tunnels: on record and audited first, then seen as live. */
@Component
class FollowTunnels implements CarriedTunnels {

    /** Longer than a ticket is good for, and than an open tunnel stays live without a report. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final RecordTunnels recordTunnels;
    private final TunnelRecords records;
    private final LiveTunnels live;
    private final BestEffort bestEffort;
    private final InstantSource clock;

    FollowTunnels(
            RecordTunnels recordTunnels,
            TunnelRecords records,
            LiveTunnels live,
            BestEffort bestEffort,
            InstantSource clock) {
        this.recordTunnels = recordTunnels;
        this.records = records;
        this.live = live;
        this.bestEffort = bestEffort;
        this.clock = clock;
    }

    @Override
    public List<Closing> follow(String bridge, BridgeReport report, RequestOrigin origin) {
        BridgeReport.Tunnels tunnels = report.tunnels();
        attached(bridge, tunnels.attached(), origin);
        tunnels.closed()
                .forEach(closed -> recordTunnels
                        .closed(bridge, closed, origin)
                        .ifPresent(tunnel -> live.remove(tunnel, closed.epoch())));
        if (report.full()) {
            running(bridge, tunnels.open(), origin);
            bestEffort.attempt(() -> missing(bridge, tunnels.open(), origin), 0);
        }
        return bestEffort.attempt(() -> records.closings(bridge), List.of());
    }

    private void attached(String bridge, List<Attached> attached, RequestOrigin origin) {
        if (!attached.isEmpty()) {
            recordTunnels.attached(bridge, attached, origin);
            List<UUID> ids = attached.stream().map(Attached::tunnel).toList();
            live.put(records.findOpen(ids).stream().map(LiveTunnel::of).toList());
        }
    }

    /** What is new here was attached while its report was lost, or Redis was: the record knows the rest of it. */
    private void running(String bridge, List<Open> open, RequestOrigin origin) {
        Map<UUID, LiveTunnel> known = byId(open);
        List<Attached> unknown = open.stream()
                .filter(tunnel -> !known.containsKey(tunnel.tunnel())
                        || !known.get(tunnel.tunnel()).isKnownAs(tunnel))
                .map(tunnel -> new Attached(tunnel.tunnel(), tunnel.epoch()))
                .toList();
        if (!unknown.isEmpty()) {
            attached(bridge, unknown, origin);
            known.putAll(byId(open));
        }
        List<LiveTunnel> refreshed = new ArrayList<>(open.size());
        for (Open tunnel : open) {
            LiveTunnel current = known.get(tunnel.tunnel());
            if (current != null && current.isKnownAs(tunnel)) {
                refreshed.add(current.withBytes(tunnel));
            }
        }
        live.put(refreshed);
    }

    /** A tunnel that its bridge does not name and that nobody else has renewed for a minute is gone. */
    private int missing(String bridge, List<Open> open, RequestOrigin origin) {
        Instant before = clock.instant().minus(GRACE);
        List<UUID> present = open.stream().map(Open::tunnel).toList();
        List<Tunnel> missing = records.missing(bridge, present, before);
        Set<UUID> elsewhere = live.find(missing.stream().map(Tunnel::id).toList()).stream()
                .map(LiveTunnel::id)
                .collect(toSet());
        List<Tunnel> lost = missing.stream()
                .filter(tunnel -> !elsewhere.contains(tunnel.id()))
                .toList();
        lost.forEach(tunnel -> recordTunnels.lost(bridge, tunnel, origin));
        return lost.size();
    }

    private Map<UUID, LiveTunnel> byId(List<Open> open) {
        return live.find(open.stream().map(Open::tunnel).toList()).stream()
                .collect(toMap(LiveTunnel::id, identity(), (one, _) -> one));
    }
}
