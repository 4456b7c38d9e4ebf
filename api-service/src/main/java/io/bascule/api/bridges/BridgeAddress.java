package io.bascule.api.bridges;

/** Where a bridge is, as agents and other bridges are told. */
public record BridgeAddress(String id, String address, String authority) {

    public static BridgeAddress of(Bridge bridge) {
        return new BridgeAddress(bridge.id(), bridge.address(), bridge.authority());
    }
}
