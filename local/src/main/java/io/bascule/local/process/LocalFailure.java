package io.bascule.local.process;

/** Why the local platform cannot do what it was asked; the message is one line that names the remedy. */
public class LocalFailure extends RuntimeException {

    public LocalFailure(String message) {
        super(message);
    }

    public LocalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
