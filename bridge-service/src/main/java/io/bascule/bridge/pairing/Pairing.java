package io.bascule.bridge.pairing;

import io.bascule.tunnel.EndRole;
import java.time.Instant;

/** Where one tunnel stands at this bridge. */
public sealed interface Pairing {

    /** The highest epoch seen; 0 before the first. */
    long epoch();

    /** No leg has been here in this run. */
    record Unseen() implements Pairing {
        @Override
        public long epoch() {
            return 0;
        }
    }

    /** The client end is here and the agent has been asked to come, for the first time or again. */
    record AwaitingAgent(long epoch, LegId client, boolean again, Instant until) implements Pairing {}

    /** Both ends are here and their frames are forwarded. */
    record Paired(long epoch, LegId client, LegId agent) implements Pairing {

        EndRole roleOf(LegId leg) {
            return leg.equals(client) ? EndRole.CLIENT : EndRole.AGENT;
        }

        LegId otherThan(LegId leg) {
            return leg.equals(client) ? agent : client;
        }

        boolean has(LegId leg) {
            return leg.equals(client) || leg.equals(agent);
        }
    }

    /** One end goes on elsewhere and still takes what the other sends, until that one has gone too. */
    record Departing(long epoch, EndRole left, LegId leaving, LegId remaining, Instant until) implements Pairing {}

    /** One end lost its leg; the other waits for it to come back with a higher epoch. */
    record AwaitingReturn(long epoch, EndRole lost, LegId remaining, Instant until) implements Pairing {}

    /** Nothing of the tunnel is here any more; kept for a while so that late legs are told so. */
    record Ended(long epoch) implements Pairing {}
}
