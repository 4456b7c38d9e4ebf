package io.bascule.agent.platform;

/** The state directory is of no use as it is; the message names the file and the remedy. */
public final class AgentStateException extends RuntimeException {

    AgentStateException(String message) {
        super(message);
    }

    AgentStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
