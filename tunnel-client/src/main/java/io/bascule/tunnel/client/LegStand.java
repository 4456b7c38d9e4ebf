package io.bascule.tunnel.client;

import io.bascule.tunnel.AttachStatus;
import io.grpc.Status;
import java.time.Duration;

/** Where the last attempt of an end to attach stands. */
sealed interface LegStand {

    /** There was none, or it was abandoned. */
    record None() implements LegStand {}

    /** ATTACH is sent, and the bridge has not answered. */
    record Attaching() implements LegStand {}

    /** The bridge has paired it, and the other end, which may take it for its own already, not proved who it is. */
    record Meeting() implements LegStand {}

    /** The bridge has paired it with the leg of the right other end; frames pass. */
    record Attached() implements LegStand {}

    /** The bridge does not let this end in, and says which epoch it has seen and when to ask again. */
    record Refused(AttachStatus status, long epoch, Duration retryAfter, String text) implements LegStand {

        /** The bridge may be asked again at once. */
        static Refused busy(String text) {
            return new Refused(AttachStatus.BUSY, 0, Duration.ZERO, text);
        }

        /** The bridge is not to be asked again. */
        static Refused denied(String text) {
            return new Refused(AttachStatus.DENIED, 0, Duration.ZERO, text);
        }
    }

    /** The leg ended before it was paired; OK if the bridge ended it in order. */
    record Ended(Status status) implements LegStand {}

    /** Whether nothing more is to be expected of an attempt that stands so. */
    static boolean isOver(LegStand attempt) {
        return !(attempt instanceof Attaching || attempt instanceof Meeting);
    }
}
