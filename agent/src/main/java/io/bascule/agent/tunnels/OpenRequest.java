package io.bascule.agent.tunnels;

import io.bascule.agent.platform.BridgeLocation;
import java.util.UUID;

/**
 * What a bridge asks for. The ticket is secret and left out of {@code toString}.
 *
 * @param raw whether the client end came over a raw leg
 */
public record OpenRequest(BridgeLocation bridge, UUID tunnel, long epoch, String ticket, boolean raw) {

    @Override
    public String toString() {
        return "OpenRequest[" + tunnel + ", epoch " + epoch + ", " + bridge.id() + "]";
    }
}
