package io.bascule.bridge.legs;

import io.bascule.tunnel.EncodedFrame;

/**
 * The stream below a leg. Safe for use by many threads; after the stream has ended, by either side, every call is without
 * effect.
 */
interface LegStream {

    /** Whether it is a connection of its own. */
    boolean isRaw();

    /** Whether a frame sent now would leave soon rather than wait in a queue. */
    boolean isReady();

    /** The message belongs to the stream from here on. */
    void send(Message message);

    default void send(EncodedFrame frame) {
        send(Message.of(frame));
    }

    /** Lets one more message come. It may arrive before this returns. */
    void request();

    /** Ends the leg in order, after all that was sent. */
    void end();
}
