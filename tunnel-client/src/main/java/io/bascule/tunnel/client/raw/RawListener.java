package io.bascule.tunnel.client.raw;

/** What a {@link RawConnection} tells its owner, one thing at a time, on the transport's thread: nothing here may block. */
public interface RawListener {

    /** The connection is there: frames may be sent and asked for. */
    void connected(RawConnection connection);

    /** A frame that was asked for. It belongs to the listener. */
    void frame(RawFrame frame);

    /** The other side has ended its direction in order; no frame follows. */
    void halfClosed();

    /** The connection takes bulk again. */
    void ready();

    /** The other side sent what is no frame; nothing more is read. The owner may still send before it ends. */
    void violated(String text);

    /**
     * The connection is gone; nothing follows.
     *
     * @param inOrder whether all that was sent had left before, and the end of this side's direction with it
     */
    void over(boolean inOrder, String why);
}
