package io.bascule.bridge.phase;

/** A part of a bridge's life, in order. */
public enum Phase {

    /** Waiting for its certificate. */
    STARTING,

    /** Takes agents and tunnels. */
    SERVING,

    /** Takes no new tunnels and waits for those that are open. */
    DRAINING,

    /** Nothing is left here. */
    STOPPED
}
