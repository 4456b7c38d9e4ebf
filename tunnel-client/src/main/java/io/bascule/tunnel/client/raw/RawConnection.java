package io.bascule.tunnel.client.raw;

import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.InvalidFrameException;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelDuplexHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import io.grpc.netty.shaded.io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a raw leg, the last handler in the pipeline of a connection whose TLS handshake chose {@link #PROTOCOL}.
 * Sending, asking and ending are safe for use by many threads; the listener is called on the transport's thread. While
 * nothing is asked for, at most what one read gave is held and no more is read.
 */
public final class RawConnection extends ChannelDuplexHandler {

    /** The ALPN name of this protocol. */
    public static final String PROTOCOL = "bascule-leg/1";

    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(64 * 1024, 128 * 1024);
    private static final long BEAT_SECONDS = 20;
    private static final int SILENT_BEATS = 3;
    private static final long LINGER_SECONDS = 5;

    private final RawListener listener;
    private final OpenConnections open;
    private final LongConsumer held;
    private final FrameAssembler assembler = new FrameAssembler();
    private final Queue<RawFrame> arrived = new ArrayDeque<>();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile boolean stalled;
    private volatile @Nullable Outbox outbox;
    private @Nullable Future<?> beats;
    private String why = "the connection was lost";
    private boolean inputOver;
    private boolean inputOverTold;
    private boolean violated;
    private boolean heard;
    private int silentBeats;
    private long partlyHeld;

    /**
     * A side that is not connected yet.
     *
     * @param open follows the connection from when it is secured until it is gone
     * @param held told how many bytes more (or, below 0, fewer) are held in memory for this connection
     */
    public RawConnection(RawListener listener, OpenConnections open, LongConsumer held) {
        this.listener = listener;
        this.open = open;
        this.held = held;
    }

    /** Whether a frame sent now would leave soon rather than wait in a queue. */
    public boolean isReady() {
        Outbox out = outbox;
        return out != null && out.isReady();
    }

    /** Sends a frame; without effect after {@link #end} or the connection's end. */
    public void send(EncodedFrame frame) {
        outbox().add(new Outbox.OnHeap(frame));
    }

    /** Passes a frame on, whose buffers are given back once they were sent, or at once if they cannot be. */
    public void send(RawFrame frame) {
        outbox().add(new Outbox.InBuffers(frame));
    }

    /** Lets one more frame come; it may arrive before this returns. */
    public void request() {
        wanted.set(true);
        if (stalled) {
            outbox().execute(this::deliver);
        }
    }

    /** Ends this direction after all that was sent; the connection is closed when the other side has ended its own. */
    public void end() {
        outbox().end();
    }

    /** Drops the connection at once. */
    public void abort(String reason) {
        outbox().execute(() -> giveUp(reason));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setWriteBufferWaterMark(UNSENT);
        outbox = new Outbox(context, held, listener::ready, this::ended);
        beats = context.executor().scheduleAtFixedRate(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        open.add(this);
        listener.connected(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        heard = true;
        try {
            read(bytes);
        } catch (InvalidFrameException broken) {
            violated = true;
            inputOver = true;
            inputOverTold = true;
            listener.violated(Objects.requireNonNullElse(broken.getMessage(), "no frame"));
        } finally {
            bytes.release();
        }
        holdPartly(assembler.held());
        deliver();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            listener.ready();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        giveUp("the connection was lost: " + cause.getMessage());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inputOver = true;
        inputOverTold = true;
        if (beats != null) {
            beats.cancel(false);
        }
        Outbox out = outbox();
        out.close();
        assembler.release();
        holdPartly(0);
        for (RawFrame frame = arrived.poll(); frame != null; frame = arrived.poll()) {
            forget(frame).release();
        }
        open.remove(this);
        listener.over(out.isEnded(), why);
        context.fireChannelInactive();
    }

    /** Whoever made the connection does not know this protocol and cannot end it: {@link #abort} and {@link #end} do. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        promise.trySuccess();
    }

    private void read(ByteBuf bytes) throws InvalidFrameException {
        while (!inputOver) {
            switch (assembler.next(bytes)) {
                case null -> {
                    return;
                }
                case RawFrame frame -> take(frame);
                case Mark.END -> inputOver = true;
                case Mark.ALIVE -> {
                    // It has been heard, which is all it is for.
                }
            }
        }
    }

    private void take(RawFrame frame) {
        if (arrived.isEmpty() && wanted.compareAndSet(true, false)) {
            listener.frame(frame);
        } else {
            arrived.add(frame);
            held.accept(frame.length());
        }
    }

    /** Gives out what was asked for, and reads on only if nothing is left. */
    private void deliver() {
        do {
            stalled = false;
            while (!arrived.isEmpty() && wanted.compareAndSet(true, false)) {
                listener.frame(forget(arrived.remove()));
            }
            stalled = !arrived.isEmpty();
        } while (stalled && wanted.get());
        if (inputOver && !stalled && !inputOverTold) {
            inputOverTold = true;
            listener.halfClosed();
            outbox().closeOnceEnded();
        }
        outbox().read(!stalled || violated);
    }

    private RawFrame forget(RawFrame frame) {
        held.accept(-frame.length());
        return frame;
    }

    private void holdPartly(long bytes) {
        if (bytes != partlyHeld) {
            held.accept(bytes - partlyHeld);
            partlyHeld = bytes;
        }
    }

    /**
     * This direction has ended: the other side has a while for its own. One that broke the rules may still be sending, and
     * what nobody reads would make the kernel drop the connection and the last words with it.
     */
    private void ended(Outbox out) {
        if (inputOver && !stalled && !violated) {
            out.closeOnceEnded();
        } else {
            out.schedule(() -> giveUp("the other side did not end its direction"), LINGER_SECONDS);
        }
    }

    private void beat() {
        outbox().beat();
        if (heard || stalled) {
            silentBeats = 0;
        } else if (++silentBeats == SILENT_BEATS) {
            giveUp("nothing was heard for " + SILENT_BEATS * BEAT_SECONDS + " s");
        }
        heard = false;
    }

    private void giveUp(String reason) {
        why = reason;
        outbox().drop();
    }

    private Outbox outbox() {
        return Objects.requireNonNull(outbox, "not connected yet");
    }
}
