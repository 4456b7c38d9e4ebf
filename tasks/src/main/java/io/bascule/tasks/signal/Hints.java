package io.bascule.tasks.signal;

/**
 * A worker's ear for hints about the work of its lane. Where hints are shared out (the queued lane) each goes to as many workers
 * as it tells of tasks, those first that asked last; elsewhere every worker hears every hint, and asking does nothing. Never
 * blocks and never fails. Safe for use by many threads.
 */
public interface Hints extends AutoCloseable {

    /**
     * The worker has looked for work and found none: the next hint may be for it. If one found too few workers since this
     * worker asked last, or began to listen, it is told to look again instead. Being told ends the asking; asking twice is
     * asking once. As long as there is no connection asking does nothing, and when there is one again, the worker is told to
     * look.
     */
    void ask();

    /** Listens no more. */
    @Override
    void close();
}
