package io.bascule.bridge.legs;

import io.bascule.tunnel.EncodedFrame;
import io.grpc.ServerCall;

/** A leg over gRPC tells its listener what happens to it. */
final class GrpcLegListener extends ServerCall.Listener<EncodedFrame> {

    private final LegListener listener;

    GrpcLegListener(LegListener listener) {
        this.listener = listener;
    }

    @Override
    public void onMessage(EncodedFrame frame) {
        listener.message(Message.of(frame));
    }

    @Override
    public void onHalfClose() {
        listener.halfClosed();
    }

    @Override
    public void onReady() {
        listener.ready();
    }

    @Override
    public void onCancel() {
        listener.broken();
    }

    @Override
    public void onComplete() {
        listener.over();
    }
}
