package io.bascule.bridge.legs;

import io.bascule.tunnel.ResetCode;
import java.util.UUID;

/**
 * A tunnel that is not here any more.
 *
 * @param everPaired whether both ends were here; if not, it carried nothing
 * @param moved whether it may go on elsewhere; if not, it is over
 * @param code 0 if it ended in order
 */
public record ClosedTunnel(
        UUID tunnel,
        long epoch,
        boolean everPaired,
        boolean moved,
        long bytesFromClient,
        long bytesFromAgent,
        ResetCode code,
        String text) {}
