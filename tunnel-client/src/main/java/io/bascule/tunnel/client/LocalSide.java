package io.bascule.tunnel.client;

/** What of a local connection is left to do when its tunnel is over. */
interface LocalSide {

    /** Closes after everything was exchanged. Idempotent. */
    void close();

    /** Closes so that the local side learns that the stream was cut (TCP RST where there is one). Idempotent. */
    void reset();
}
