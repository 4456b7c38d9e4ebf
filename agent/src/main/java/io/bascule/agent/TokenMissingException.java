package io.bascule.agent;

/** The agent has to join, for the first time or anew, and has no token to do so. */
public final class TokenMissingException extends Exception {

    TokenMissingException(String message) {
        super(message);
    }
}
