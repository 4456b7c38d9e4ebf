package io.bascule.bridge.legs;

import io.bascule.bridge.pairing.LegId;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import org.jspecify.annotations.Nullable;

/** One end's stream and the lanes it is part of, which it has from the pairing on. */
final class Leg {

    private final LegId id;
    private final LegStream stream;
    private volatile @Nullable Lane outgoing;
    private volatile @Nullable Lane incoming;

    Leg(LegId id, LegStream stream) {
        this.id = id;
        this.stream = stream;
    }

    LegId id() {
        return id;
    }

    LegStream stream() {
        return stream;
    }

    /** Told at the pairing which lane this leg feeds and which ends here. */
    void connect(Lane from, Lane to) {
        outgoing = from;
        incoming = to;
    }

    /** Sends a frame after all that is held for this leg. */
    void append(Frame frame) {
        Lane lane = incoming;
        if (lane != null) {
            lane.append(FrameCodec.encode(frame));
        }
    }

    /** Ends this leg after all that is held for it. */
    void finish() {
        Lane lane = incoming;
        if (lane != null) {
            lane.finish();
        }
    }

    /** Nothing more is to come on this leg. */
    void discardIncoming() {
        discard(incoming);
    }

    /** Nobody wants what comes from this leg any more. */
    void discardOutgoing() {
        discard(outgoing);
    }

    private static void discard(@Nullable Lane lane) {
        if (lane != null) {
            lane.discard();
        }
    }

    /** The lane that this leg feeds. */
    @Nullable
    Lane outgoing() {
        return outgoing;
    }

    /** The lane that ends here. */
    @Nullable
    Lane incoming() {
        return incoming;
    }
}
