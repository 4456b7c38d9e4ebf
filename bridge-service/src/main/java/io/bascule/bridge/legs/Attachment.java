package io.bascule.bridge.legs;

import io.bascule.tunnel.AttachStatus;
import java.time.Duration;

/** What comes of an ATTACH. */
sealed interface Attachment {

    /** The leg belongs to the tunnel now, which tells it what follows. */
    record Taken(Tunnel tunnel) implements Attachment {}

    /** The right to the tunnel has ended: the leg is to be reset. */
    record Revoked(String reason) implements Attachment {}

    /** The leg is to be answered with this and ended. */
    record Refused(AttachStatus status, Duration retryAfter, String text) implements Attachment {

        static Refused denied(String text) {
            return new Refused(AttachStatus.DENIED, Duration.ZERO, text);
        }
    }
}
