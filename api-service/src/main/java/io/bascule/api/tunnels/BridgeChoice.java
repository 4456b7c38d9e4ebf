package io.bascule.api.tunnels;

import io.bascule.api.bridges.Bridge;
import java.util.Comparator;
import java.util.List;

/**
 * A bridge that could carry a tunnel.
 *
 * @param load how many it carries
 */
record BridgeChoice(Bridge bridge, long load) {

    /** One to open on and two to stand by. */
    private static final int TICKETS = 3;

    /** The bridges to give tickets for, the one to open on first: the least loaded that stay. */
    static List<Bridge> choose(List<BridgeChoice> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.bridge().draining())
                .sorted(Comparator.comparingLong(BridgeChoice::load)
                        .thenComparing(candidate -> candidate.bridge().id()))
                .limit(TICKETS)
                .map(BridgeChoice::bridge)
                .toList();
    }
}
