package io.bascule.bridge.legs;

import io.bascule.tunnel.ResetCode;
import java.util.UUID;

/**
 * A tunnel that is over here.
 *
 * @param everPaired whether both ends were here; if not, it carried nothing
 * @param code 0 if it ended in order
 */
public record ClosedTunnel(
        UUID tunnel,
        long epoch,
        boolean everPaired,
        long bytesFromClient,
        long bytesFromAgent,
        ResetCode code,
        String text) {}
