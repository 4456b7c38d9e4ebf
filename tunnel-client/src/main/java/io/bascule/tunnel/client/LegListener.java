package io.bascule.tunnel.client;

import io.bascule.tunnel.Frame;
import io.grpc.Status;

/** What a {@link Leg} tells its owner, one thing at a time, on the transport's thread: nothing here may block. */
interface LegListener {

    void received(Leg leg, Frame frame);

    /** The leg takes bulk again. */
    void ready(Leg leg);

    /** Does something that sends on a leg, under the lock under which its owner does. */
    void inTurn(Runnable sending);

    /** The leg is over; nothing follows. OK if the bridge ended it in order. */
    void ended(Leg leg, Status status);
}
