package io.bascule.tunnel;

/** Bytes that are no frame of this protocol. The leg they came from cannot be trusted any further. */
public final class InvalidFrameException extends Exception {

    InvalidFrameException(String message) {
        super(message);
    }
}
