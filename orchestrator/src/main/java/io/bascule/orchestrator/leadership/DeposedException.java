package io.bascule.orchestrator.leadership;

/** This pod leads no longer; nothing was changed. */
public final class DeposedException extends RuntimeException {

    public DeposedException(long fence) {
        super("leadership %d has passed to another pod".formatted(fence));
    }
}
