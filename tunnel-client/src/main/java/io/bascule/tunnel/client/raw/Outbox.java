package io.bascule.tunnel.client.raw;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EncodedFrame;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What is on its way out of a raw connection. Frames of any thread are written by the transport's, as many as there are
 * in one go, so that they share a system call. Safe for use by many threads, except where said.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written ends the connection, and that is watched.
final class Outbox {

    private static final int BOUND = 128 * 1024;

    /** Up to here a frame is copied behind its length; a longer one is sent from where it is. */
    private static final int SMALL = 2 * 1024;

    private final ChannelHandlerContext context;
    private final LongConsumer held;
    private final Runnable ready;
    private final Consumer<Outbox> ended;
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;
    private boolean endWritten;
    private boolean endLeft;
    private boolean wrote;
    private boolean reading = true;

    /** Something to write; its bytes count as held until they were written. */
    sealed interface Item {

        int length();
    }

    record OnHeap(EncodedFrame frame) implements Item {

        @Override
        public int length() {
            return frame.length();
        }
    }

    record InBuffers(RawFrame frame) implements Item {

        @Override
        public int length() {
            return frame.length();
        }
    }

    private record End() implements Item {

        @Override
        public int length() {
            return 0;
        }
    }

    /**
     * An empty one.
     *
     * @param ready called when there is room again after there was none
     * @param ended called when {@link #end} has taken effect
     */
    Outbox(ChannelHandlerContext context, LongConsumer held, Runnable ready, Consumer<Outbox> ended) {
        this.context = context;
        this.held = held;
        this.ready = ready;
        this.ended = ended;
    }

    boolean isReady() {
        return !closed && bytes.get() < BOUND && context.channel().isWritable();
    }

    void add(Item item) {
        bytes.addAndGet(item.length());
        held.accept(item.length());
        items.add(item);
        schedule();
    }

    void end() {
        add(new End());
    }

    void execute(Runnable task) {
        try {
            context.executor().execute(task);
        } catch (RejectedExecutionException shutDown) {
            close();
        }
    }

    void schedule(Runnable task, long seconds) {
        context.executor().schedule(task, seconds, TimeUnit.SECONDS);
    }

    /** Nothing is sent any more; what waits is given back. */
    void close() {
        closed = true;
        for (Item item = items.poll(); item != null; item = items.poll()) {
            giveBack(item);
        }
    }

    /** On the transport's thread: whether {@link #end} has taken effect and everything before it has left. */
    boolean isEnded() {
        return endLeft;
    }

    /** On the transport's thread: closes the connection in order if this direction has ended. */
    void closeOnceEnded() {
        if (endLeft) {
            drop();
        }
    }

    /** On the transport's thread: closes the connection. */
    void drop() {
        context.close();
    }

    /** On the transport's thread: whether bytes are taken from the network. */
    void read(boolean on) {
        if (on != reading) {
            reading = on;
            context.channel().config().setAutoRead(on);
        }
    }

    /** On the transport's thread: a sign of life, if nothing was written since the last one. */
    void beat() {
        if (!wrote && !endWritten && isReady()) {
            context.writeAndFlush(mark(Mark.ALIVE), context.voidPromise());
        }
        wrote = false;
    }

    private void schedule() {
        if (closed) {
            close();
        } else if (scheduled.compareAndSet(false, true)) {
            execute(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        if (closed) {
            close();
            return;
        }
        long written = 0;
        for (Item item = items.poll(); item != null; item = items.poll()) {
            written += item.length();
            write(item);
        }
        boolean wasFull = bytes.getAndAdd(-written) >= BOUND;
        wrote = true;
        context.flush();
        if (wasFull && context.channel().isWritable()) {
            ready.run();
        }
    }

    private void write(Item item) {
        if (endWritten) {
            giveBack(item);
            return;
        }
        switch (item) {
            case OnHeap(EncodedFrame frame)
            when frame.length() <= SMALL || frame.payload().length() == 0 ->
                context.write(copied(frame), written(item));
            case OnHeap(EncodedFrame frame) -> {
                context.write(started(frame), context.voidPromise());
                context.write(wrapped(frame.payload()), written(item));
            }
            case InBuffers(RawFrame frame) -> {
                int last = frame.parts().size() - 1;
                for (int i = 0; i < last; i++) {
                    context.write(frame.parts().get(i), context.voidPromise());
                }
                context.write(frame.parts().get(last), written(item));
            }
            case End() -> {
                endWritten = true;
                context.write(mark(Mark.END)).addListener(left -> {
                    endLeft = left.isSuccess();
                    ended.accept(this);
                });
            }
        }
    }

    private ChannelPromise written(Item item) {
        int length = item.length();
        return context.newPromise().addListener(_ -> held.accept(-length));
    }

    private void giveBack(Item item) {
        held.accept(-item.length());
        if (item instanceof InBuffers(RawFrame frame)) {
            frame.release();
        }
    }

    private ByteBuf mark(Mark mark) {
        return context.alloc().ioBuffer(RawFrame.PREFIX).writeInt(mark.wire());
    }

    private ByteBuf copied(EncodedFrame frame) {
        return started(frame).writeBytes(frame.payload().toByteBuffer());
    }

    /** The length and what stands before the payload, with room for a small payload. */
    private ByteBuf started(EncodedFrame frame) {
        int room = RawFrame.PREFIX + Math.max(frame.header().length(), Math.min(frame.length(), SMALL));
        return context.alloc()
                .ioBuffer(room)
                .writeInt(frame.length())
                .writeBytes(frame.header().toByteBuffer());
    }

    private static ByteBuf wrapped(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.toByteBuffer());
    }
}
