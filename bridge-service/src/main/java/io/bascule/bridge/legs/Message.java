package io.bascule.bridge.legs;

import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.client.raw.RawFrame;

/** A frame on its way through the bridge. Whoever has it hands it on, takes it to the heap or drops it, exactly once. */
sealed interface Message {

    /** The frame's first byte, which is all that forwarding needs to know; -1 for an empty message. */
    int type();

    int length();

    /** The frame on the heap; the message is used up. */
    EncodedFrame onHeap();

    /** Nobody wants it. */
    void drop();

    default boolean isBetweenEnds() {
        return EncodedFrame.isBetweenEnds(type());
    }

    static Message of(EncodedFrame frame) {
        return new OnHeap(frame);
    }

    /** As gRPC gives it, or made here. */
    record OnHeap(EncodedFrame frame) implements Message {

        @Override
        public int type() {
            return frame.type();
        }

        @Override
        public int length() {
            return frame.length();
        }

        @Override
        public EncodedFrame onHeap() {
            return frame;
        }

        @Override
        public void drop() {
            // The garbage collector's.
        }
    }

    /** As a raw leg gives it, in the transport's buffers. */
    record InBuffers(RawFrame frame) implements Message {

        @Override
        public int type() {
            return frame.type();
        }

        @Override
        public int length() {
            return frame.length();
        }

        @Override
        public EncodedFrame onHeap() {
            return frame.take();
        }

        @Override
        public void drop() {
            frame.release();
        }
    }
}
