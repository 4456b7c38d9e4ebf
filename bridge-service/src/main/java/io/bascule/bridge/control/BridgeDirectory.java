package io.bascule.bridge.control;

import io.bascule.protocol.tunnel.v1.BridgeAddress;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Bridges;
import java.util.List;

/** The bridges that are up, as the API last told, and as agents are told at their hello and at each change. */
public final class BridgeDirectory {

    private final Agents agents;
    private volatile List<BridgeAddress> bridges;

    BridgeDirectory(Agents agents, BridgeAddress thisBridge) {
        this.agents = agents;
        this.bridges = List.of(thisBridge);
    }

    /** Takes the API's list. An empty one is not believed: this bridge, for one, is up. */
    public void replace(List<Entry> entries) {
        List<BridgeAddress> next =
                entries.stream().map(BridgeDirectory::address).toList();
        if (!next.isEmpty() && !next.equals(bridges)) {
            bridges = next;
            agents.broadcast(message());
        }
    }

    BridgeMessage message() {
        return BridgeMessage.newBuilder()
                .setBridges(Bridges.newBuilder().addAllBridges(bridges))
                .build();
    }

    private static BridgeAddress address(Entry entry) {
        return BridgeAddress.newBuilder()
                .setId(entry.id())
                .setAddress(entry.address())
                .setAuthority(entry.authority())
                .build();
    }

    /** A bridge as the API names it. */
    public record Entry(String id, String address, String authority) {}
}
