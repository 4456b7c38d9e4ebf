package io.bascule.orchestrator.pods;

/** The cluster's API cannot be asked, or refused; the message says what to change where something can be. */
final class ClusterException extends RuntimeException {

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
