package io.bascule.tunnel.client;

import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.Frame;

/**
 * One end's stream to a bridge. What its owner has to hold of what comes is bounded by the tunnel's window. Sending is not
 * thread-safe: the owner's lock is held for it.
 */
interface Leg {

    /** Sends ATTACH as soon as there is a connection; nothing is sent before. */
    void start(Frame.Attach attach);

    void send(Frame frame);

    /** Whether a frame sent now would leave soon rather than wait in a queue. */
    boolean isReady();

    /** Leaves the bridge in order: what was sent before still arrives. Idempotent. */
    void leave(DetachReason reason);

    /** Drops the leg at once. Idempotent, from any thread. */
    void cancel(String why);
}
