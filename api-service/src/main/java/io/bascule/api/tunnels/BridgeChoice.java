package io.bascule.api.tunnels;

import io.bascule.api.bridges.Bridge;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bridge that could carry a tunnel.
 *
 * @param load how many it carries
 */
record BridgeChoice(Bridge bridge, long load) {

    private static final int OPENINGS = 3;
    private static final int STANDBYS = 8;

    /** Those that may carry it later: the ones it may be opened on first, for the agent is there, then others that stay. */
    static List<Bridge> standbys(List<Bridge> openings, List<Bridge> live) {
        return Stream.concat(openings.stream(), live.stream().filter(bridge -> !bridge.draining()))
                .distinct()
                .limit(STANDBYS)
                .toList();
    }

    /** The bridges to open on, the best first: the least loaded that stay. */
    static List<Bridge> choose(List<BridgeChoice> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.bridge().draining())
                .sorted(Comparator.comparingLong(BridgeChoice::load)
                        .thenComparing(candidate -> candidate.bridge().id()))
                .limit(OPENINGS)
                .map(BridgeChoice::bridge)
                .toList();
    }
}
