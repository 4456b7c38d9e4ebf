package io.bascule.agent.control;

import io.bascule.agent.platform.BridgeLocation;
import java.util.List;
import java.util.UUID;

/** What bridges tell over control streams. Called on threads that may block. */
public interface ControlListener {

    void bridges(List<BridgeLocation> up);

    /**
     * Asked to open; the answer of a refusal goes to the replies.
     *
     * @param raw whether the client end came over a raw leg
     */
    void open(BridgeLocation from, UUID tunnel, long epoch, String ticket, boolean raw, Replies replies);

    /** A tunnel's right has ended. */
    void revoke(UUID tunnel, String reason);

    /** Where a refusal is sent to. */
    interface Replies {

        void refuse(UUID tunnel, long epoch, int code, String text);
    }
}
