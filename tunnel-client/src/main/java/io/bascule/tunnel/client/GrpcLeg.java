package io.bascule.tunnel.client;

import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A leg that is a gRPC call. Inbound, it asks for the next message when one has been consumed. */
final class GrpcLeg implements Leg {

    /** Bytes that the transport holds at most before {@link #isReady} turns false. */
    private static final int READY_THRESHOLD = 256 * 1024;

    /** Messages that may be under way towards the owner. */
    private static final int MESSAGES_AHEAD = 8;

    private static final Logger LOG = LoggerFactory.getLogger(GrpcLeg.class);

    private final ClientCall<EncodedFrame, EncodedFrame> call;
    private final LegListener listener;
    private volatile boolean left;

    private GrpcLeg(ClientCall<EncodedFrame, EncodedFrame> call, LegListener listener) {
        this.call = call;
        this.listener = listener;
    }

    /** A leg over a channel that calls back on its transport's thread; nothing is sent before {@link #start}. */
    static GrpcLeg over(Channel channel, LegListener listener) {
        CallOptions options = CallOptions.DEFAULT.withOnReadyThreshold(READY_THRESHOLD);
        return new GrpcLeg(channel.newCall(LegMethod.descriptor(), options), listener);
    }

    @Override
    public void start(Frame.Attach attach) {
        call.start(new Callbacks(), new Metadata());
        call.request(MESSAGES_AHEAD);
        send(attach);
    }

    @Override
    public void send(Frame frame) {
        if (left) {
            return;
        }
        try {
            call.sendMessage(FrameCodec.encode(frame));
        } catch (IllegalStateException cancelled) {
            if (!left) {
                throw cancelled;
            }
        }
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void leave(DetachReason reason) {
        if (!left) {
            send(new Frame.Detach(reason));
            halfClose();
        }
    }

    private void halfClose() {
        try {
            if (!left) {
                left = true;
                call.halfClose();
            }
        } catch (IllegalStateException cancelled) {
            LOG.trace("the leg was dropped by another thread meanwhile", cancelled);
        }
    }

    @Override
    public void cancel(String why) {
        left = true;
        call.cancel(why, null);
    }

    private final class Callbacks extends ClientCall.Listener<EncodedFrame> {

        @Override
        public void onMessage(EncodedFrame message) {
            try {
                listener.received(GrpcLeg.this, FrameCodec.decode(message));
                call.request(1);
            } catch (InvalidFrameException e) {
                cancel("the bridge sent what is no frame: " + e.getMessage());
            }
        }

        @Override
        public void onReady() {
            listener.ready(GrpcLeg.this);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            listener.ended(GrpcLeg.this, status);
        }
    }
}
