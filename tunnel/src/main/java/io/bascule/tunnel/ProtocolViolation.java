package io.bascule.tunnel;

/** The other end did something that the protocol forbids; never leaves the package, ends as a RESET. */
final class ProtocolViolation extends Exception {

    ProtocolViolation(String message) {
        super(message);
    }
}
