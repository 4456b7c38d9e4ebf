package io.bascule.bridge.testing;

import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.grpc.Channel;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end's leg without a tunnel end behind it: frames out, frames in. */
public final class TestLeg {

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final TestWire wire;

    public TestLeg(Channel channel) {
        this(new GrpcWire(channel));
    }

    /** A leg that takes whatever comes. */
    public TestLeg(TestWire wire) {
        this(wire, Integer.MAX_VALUE);
    }

    /** @param reads how many messages it takes before it stops reading */
    public TestLeg(TestWire wire, int reads) {
        this.wire = wire;
        wire.start(new TestWire.Listener() {
            @Override
            public void message(byte... message) {
                take(message);
            }

            @Override
            public void ended(Status status) {
                end.complete(status);
            }
        });
        wire.request(reads);
    }

    public TestLeg attach(EndRole role, UUID tunnel, long epoch, String ticket) {
        return send(new Frame.Attach(Frame.VERSION, role, tunnel, epoch, ticket));
    }

    public TestLeg send(Frame frame) {
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            FrameCodec.encode(frame).writeTo(message);
            return sendRaw(message.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public TestLeg sendRaw(byte... message) {
        wire.send(message);
        return this;
    }

    public boolean isReady() {
        return wire.isReady();
    }

    public void readMore(int messages) {
        wire.request(messages);
    }

    public void finish() {
        wire.finish();
    }

    public void kill() {
        wire.kill();
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

    private void take(byte... message) {
        try {
            frames.add(FrameCodec.decode(EncodedFrame.received(message)));
        } catch (InvalidFrameException invalid) {
            throw new AssertionError(invalid);
        }
    }
}
