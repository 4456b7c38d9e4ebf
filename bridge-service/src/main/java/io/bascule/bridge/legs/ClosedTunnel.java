package io.bascule.bridge.legs;

import io.bascule.tunnel.ResetCode;
import java.util.UUID;

/**
 * A tunnel that is not here any more.
 *
 * @param epoch the highest that was seen
 * @param connected the highest under which both ends were here; 0 if they never were, so that it carried nothing
 * @param moved whether it may go on elsewhere; if not, it is over
 * @param code 0 if it ended in order
 */
public record ClosedTunnel(
        UUID tunnel,
        long epoch,
        long connected,
        boolean moved,
        long bytesFromClient,
        long bytesFromAgent,
        ResetCode code,
        String text) {}
