package io.bascule.agent.platform;

/** The platform does not take this agent; asking again with the same token does not help. */
public final class JoinRefusedException extends Exception {

    JoinRefusedException(String message) {
        super(message);
    }
}
