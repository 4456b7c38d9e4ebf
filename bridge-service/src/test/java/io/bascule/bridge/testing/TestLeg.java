package io.bascule.bridge.testing;

import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.bascule.tunnel.client.LegMethod;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end's leg without a tunnel end behind it: frames out, frames in. */
public final class TestLeg extends ClientCall.Listener<EncodedFrame> {

    private final ClientCall<EncodedFrame, EncodedFrame> call;
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    public TestLeg(Channel channel) {
        this(channel, Integer.MAX_VALUE);
    }

    /** @param reads how many messages it takes before it stops reading */
    public TestLeg(Channel channel, int reads) {
        call = channel.newCall(LegMethod.descriptor(), CallOptions.DEFAULT);
        call.start(this, new Metadata());
        call.request(reads);
    }

    public TestLeg attach(EndRole role, UUID tunnel, long epoch, String ticket) {
        return send(new Frame.Attach(Frame.VERSION, role, tunnel, epoch, ticket));
    }

    public TestLeg send(Frame frame) {
        call.sendMessage(FrameCodec.encode(frame));
        return this;
    }

    public TestLeg sendRaw(byte... message) {
        call.sendMessage(EncodedFrame.received(message));
        return this;
    }

    public boolean isReady() {
        return call.isReady();
    }

    public void readMore(int messages) {
        call.request(messages);
    }

    public void finish() {
        call.halfClose();
    }

    public void kill() {
        call.cancel("killed by the test", null);
    }

    public Frame next() throws InterruptedException {
        Frame frame = frames.poll(60, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came; leg ended: " + end);
        }
        return frame;
    }

    public <F extends Frame> F next(Class<F> type) throws InterruptedException {
        Frame frame = next();
        if (!type.isInstance(frame)) {
            throw new AssertionError(frame + " (expected: " + type.getSimpleName() + ")");
        }
        return type.cast(frame);
    }

    public Status awaitEnd() throws Exception {
        return end.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void onMessage(EncodedFrame message) {
        try {
            frames.add(FrameCodec.decode(message));
        } catch (InvalidFrameException invalid) {
            throw new AssertionError(invalid);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        end.complete(status);
    }
}
