package io.bascule.bridge.settings;

import java.util.UUID;

/**
 * This run of this bridge. Tickets name both, so none outlives a restart.
 *
 * @param id the configured name
 * @param boot chosen anew at each start
 * @param address {@code host:port} to dial
 * @param authority name in the certificate
 */
public record BridgeIdentity(String id, UUID boot, String address, String authority) {

    static BridgeIdentity of(BridgeSettings settings) {
        return new BridgeIdentity(settings.id(), UUID.randomUUID(), settings.advertisedAddress(), settings.authority());
    }
}
