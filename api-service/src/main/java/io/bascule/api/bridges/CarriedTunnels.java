package io.bascule.api.bridges;

import io.bascule.api.caller.RequestOrigin;
import java.util.List;
import java.util.UUID;

/** What the tunnels' feature makes of bridges' reports. */
public interface CarriedTunnels {

    /**
     * Takes a report in. May be called again with the same report, and with an older one after a newer one.
     *
     * @return the tunnels that the bridge has to close; repeated until it reports them as closed
     */
    List<Closing> follow(String bridge, BridgeReport report, RequestOrigin origin);

    /** A tunnel to close, and why, in words for both ends. */
    record Closing(UUID tunnel, String reason) {}
}
