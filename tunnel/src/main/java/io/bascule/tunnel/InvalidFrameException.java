package io.bascule.tunnel;

/** Bytes that are no frame of this protocol. The leg they came from cannot be trusted any further. */
public final class InvalidFrameException extends Exception {

    /** @param message what is wrong, and what was expected */
    public InvalidFrameException(String message) {
        super(message);
    }
}
