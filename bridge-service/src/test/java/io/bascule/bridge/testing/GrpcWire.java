package io.bascule.bridge.testing;

import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.client.LegMethod;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A call. */
final class GrpcWire implements TestWire {

    private final ClientCall<EncodedFrame, EncodedFrame> call;

    GrpcWire(Channel channel) {
        call = channel.newCall(LegMethod.descriptor(), CallOptions.DEFAULT);
    }

    @Override
    public void start(Listener listener) {
        call.start(new Callbacks(listener), new Metadata());
    }

    @Override
    public void send(byte... message) {
        call.sendMessage(EncodedFrame.received(message));
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void request(int messages) {
        call.request(messages);
    }

    @Override
    public void finish() {
        call.halfClose();
    }

    @Override
    public void kill() {
        call.cancel("killed by the test", null);
    }

    private static final class Callbacks extends ClientCall.Listener<EncodedFrame> {

        private final Listener listener;

        Callbacks(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onMessage(EncodedFrame message) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length());
                message.writeTo(bytes);
                listener.message(bytes.toByteArray());
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            listener.ended(status);
        }
    }
}
