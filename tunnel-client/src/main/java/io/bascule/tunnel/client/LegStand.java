package io.bascule.tunnel.client;

import io.bascule.tunnel.AttachStatus;
import io.grpc.Status;
import java.time.Duration;

/** Where the present leg of an end stands. */
sealed interface LegStand {

    /** There is none. */
    record None() implements LegStand {}

    /** ATTACH was sent. */
    record Attaching() implements LegStand {}

    /** The bridge has paired it; frames pass. */
    record Attached() implements LegStand {}

    /** The bridge lives, and the other end's leg to it is gone. */
    record PeerLost() implements LegStand {}

    /** The bridge does not let this end in, and says which epoch it has seen and when to ask again. */
    record Refused(AttachStatus status, long epoch, Duration retryAfter, String text) implements LegStand {}

    /** The leg is over; OK if the bridge ended it in order. */
    record Ended(Status status) implements LegStand {}
}
