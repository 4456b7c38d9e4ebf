package io.bascule.api.tunnels;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.bascule.api.bridges.BestEffort;
import io.bascule.api.bridges.BridgeReport;
import io.bascule.api.bridges.BridgeReport.Attached;
import io.bascule.api.bridges.BridgeReport.Closed;
import io.bascule.api.bridges.BridgeReport.Open;
import io.bascule.api.bridges.CarriedTunnels;
import io.bascule.api.caller.RequestOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes in what bridges report of tunnels: on record and audited first, then seen as live. */
@Component
class FollowTunnels implements CarriedTunnels {

    private final RecordTunnels recordTunnels;
    private final TunnelRecords records;
    private final LiveTunnels live;
    private final CloseLost closeLost;
    private final Revocations revocations;
    private final BestEffort bestEffort;

    FollowTunnels(
            RecordTunnels recordTunnels,
            TunnelRecords records,
            LiveTunnels live,
            CloseLost closeLost,
            Revocations revocations,
            BestEffort bestEffort) {
        this.recordTunnels = recordTunnels;
        this.records = records;
        this.live = live;
        this.closeLost = closeLost;
        this.revocations = revocations;
        this.bestEffort = bestEffort;
    }

    @Override
    public List<Closing> follow(String bridge, BridgeReport report, RequestOrigin origin) {
        BridgeReport.Tunnels tunnels = report.tunnels();
        attached(bridge, tunnels.attached(), origin);
        tunnels.closed().forEach(closed -> closed(bridge, closed, origin));
        if (report.full()) {
            running(bridge, tunnels.open(), origin);
            bestEffort.attempt(() -> closeLost.follow(bridge, ids(tunnels.open()), origin), 0);
        }
        return bestEffort.attempt(() -> records.closings(bridge), List.of());
    }

    @Override
    public Optional<List<Revocation>> revocations(long known) {
        return bestEffort.attempt(() -> Optional.of(revocations.since(known)), Optional.empty());
    }

    private void closed(String bridge, Closed closed, RequestOrigin origin) {
        if (closed.mayGoOn()) {
            recordTunnels.left(closed).ifPresent(tunnel -> live.put(List.of(LiveTunnel.detached(tunnel))));
        } else {
            recordTunnels.closed(bridge, closed, origin).ifPresent(tunnel -> live.remove(tunnel, closed.epoch()));
        }
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

    private Map<UUID, LiveTunnel> byId(List<Open> open) {
        return live.find(ids(open)).stream().collect(toMap(LiveTunnel::id, identity(), (one, _) -> one));
    }

    private static List<UUID> ids(List<Open> open) {
        return open.stream().map(Open::tunnel).toList();
    }
}
