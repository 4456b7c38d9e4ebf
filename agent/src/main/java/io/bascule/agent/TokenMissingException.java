package io.bascule.agent;

/** The agent has not joined yet and has no token to do so. */
public final class TokenMissingException extends Exception {

    TokenMissingException(String message) {
        super(message);
    }
}
