package io.bascule.tunnel.client.proof;

/** What came does not show that the other end is the one that is expected; the message says why. */
public final class NotProvedException extends Exception {

    public NotProvedException(String message) {
        super(message);
    }

    NotProvedException(String message, Throwable cause) {
        super(message, cause);
    }
}
