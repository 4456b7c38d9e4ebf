package io.bascule.bridge.peers;

/** A connection whose certificate does not say who is there; the message may be shown to the caller. */
public final class UnknownPeerException extends Exception {

    UnknownPeerException(String message) {
        super(message);
    }

    UnknownPeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
