package io.bascule.bridge.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this bridge tells.
 *
 * @param sequence counts the reports of one boot
 * @param full whether it names everything rather than changes
 * @param revocationsKnown the highest revocation that is known here
 */
record Report(
        UUID bootId,
        String address,
        String authority,
        boolean draining,
        long sequence,
        boolean full,
        long revocationsKnown,
        Agents agents,
        Tunnels tunnels) {

    record Agents(List<Connected> connected, List<Disconnected> disconnected) {}

    record Connected(UUID agent, String instance, String version) {}

    record Disconnected(UUID agent, String instance) {}

    /** @param open in full reports only */
    record Tunnels(
            List<Attached> attached,
            List<Closed> closed,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Open> open) {}

    record Attached(UUID tunnel, long epoch) {}

    /** @param moved whether it may go on elsewhere; if not, it is over */
    record Closed(
            UUID tunnel, long epoch, boolean moved, long bytesFromClient, long bytesFromAgent, int code, String text) {}

    record Open(UUID tunnel, long epoch, long bytesFromClient, long bytesFromAgent) {}
}
