package io.bascule.api.tunnels;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.bascule.api.bridges.BridgeReport;
import io.bascule.api.bridges.BridgeReport.Attached;
import io.bascule.api.bridges.BridgeReport.Open;
import io.bascule.api.bridges.CarriedTunnels;
import io.bascule.api.caller.RequestOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Takes in what bridges report of tunnels: on record and audited first, then seen as live. */
@Component
class FollowTunnels implements CarriedTunnels {

    private static final Logger log = LoggerFactory.getLogger(FollowTunnels.class);

    private final RecordTunnels recordTunnels;
    private final TunnelRecords records;
    private final LiveTunnels live;

    FollowTunnels(RecordTunnels recordTunnels, TunnelRecords records, LiveTunnels live) {
        this.recordTunnels = recordTunnels;
        this.records = records;
        this.live = live;
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
        }
        return closings(bridge);
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
        return live.find(open.stream().map(Open::tunnel).toList()).stream()
                .collect(toMap(LiveTunnel::id, identity(), (one, _) -> one));
    }

    /** Without the database nothing new can be asked to close, and the report is good all the same. */
    private List<Closing> closings(String bridge) {
        try {
            return records.closings(bridge);
        } catch (DataAccessException | TransactionException e) {
            log.warn("Tunnels to close cannot be looked up now: {}", e.getMessage());
            return List.of();
        }
    }
}
