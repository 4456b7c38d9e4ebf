package io.bascule.runner.resource;

/** Takes a connection's bytes to its resource; the other way it calls the {@link Connection}. */
public interface Carrier {

    /** Sends; blocks until there is room for it. What is sent after the end goes nowhere. */
    void send(byte[] bytes) throws InterruptedException;

    /** No more is sent. */
    void end();

    /** The connection is over. Idempotent, and ends a {@link #send} that waits. */
    void close();
}
