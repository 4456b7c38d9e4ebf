package io.bascule.bridge.pairing;

import io.bascule.tunnel.EndRole;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Where one tunnel stands at this bridge. */
public sealed interface Pairing {

    /** The highest epoch seen; 0 before the first. */
    long epoch();

    /** The legs that are of use as yet; none once nothing of the tunnel is here. */
    default List<LegId> legs() {
        return switch (this) {
            case AwaitingAgent(var _, LegId client, var _, var _) -> List.of(client);
            case Paired(var _, LegId client, LegId agent) -> List.of(client, agent);
            case Departing departing -> List.of(departing.leaving(), departing.remaining());
            case AwaitingReturn(var _, var _, LegId remaining, var _) -> List.of(remaining);
            case Overlapping(Single earlier, Single later, var _) ->
                Stream.concat(earlier.legs().stream(), later.legs().stream()).toList();
            case Unseen _, Ended _ -> List.of();
        };
    }

    /** Itself; of two that overlap, the later. */
    default Single newest() {
        return switch (this) {
            case Single single -> single;
            case Overlapping(var _, Single later, var _) -> later;
        };
    }

    /** One pairing, or none. */
    sealed interface Single extends Pairing {}

    /** No leg has been here in this run. */
    record Unseen() implements Single {
        @Override
        public long epoch() {
            return 0;
        }
    }

    /** The client end is here and the agent has been asked to come, for the first time or again. */
    record AwaitingAgent(long epoch, LegId client, boolean again, Instant until) implements Single {}

    /** Both ends are here and their frames are forwarded. */
    record Paired(long epoch, LegId client, LegId agent) implements Single {

        EndRole roleOf(LegId leg) {
            return leg.equals(client) ? EndRole.CLIENT : EndRole.AGENT;
        }

        LegId otherThan(LegId leg) {
            return leg.equals(client) ? agent : client;
        }
    }

    /** One end goes on elsewhere and still takes what the other sends, until that one has gone too. */
    record Departing(long epoch, EndRole left, LegId leaving, LegId remaining, Instant until) implements Single {}

    /** One end lost its leg; the other waits for it to come back with a higher epoch. */
    record AwaitingReturn(long epoch, EndRole lost, LegId remaining, Instant until) implements Single {}

    /** Nothing of the tunnel is here any more; kept for a while so that late legs are told so. */
    record Ended(long epoch) implements Single {}

    /**
     * The ends come anew while the pairing that they have goes on, until they have left it.
     *
     * @param later has legs, and so has the earlier one unless the tunnel is over
     * @param over whether an end has left the earlier one because the tunnel is over for it
     */
    record Overlapping(Single earlier, Single later, boolean over) implements Pairing {

        @Override
        public long epoch() {
            return later.epoch();
        }
    }
}
