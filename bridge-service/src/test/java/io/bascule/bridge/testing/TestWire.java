package io.bascule.bridge.testing;

import io.grpc.Status;

/** What carries a {@link TestLeg}: whole messages out and in, of either kind of leg. */
public interface TestWire {

    /** Connects; may be called once. */
    void start(Listener listener);

    void send(byte... message);

    /** Whether a message sent now would leave soon. */
    boolean isReady();

    /** Lets so many more messages come. */
    void request(int messages);

    /** Ends this side's direction in order. */
    void finish();

    /** Cuts it. */
    void kill();

    /** What comes of it, on a thread of the wire. */
    interface Listener {

        void message(byte... message);

        /** OK if the bridge ended it in order. */
        void ended(Status status);
    }
}
