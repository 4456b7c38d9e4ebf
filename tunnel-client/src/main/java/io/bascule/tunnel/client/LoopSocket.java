package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.ResetCode;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.WriteBufferWaterMark;
import io.grpc.netty.shaded.io.netty.channel.socket.ChannelInputShutdownEvent;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A local socket that is read and written by the thread that its tunnel's legs run on, without one of its own: a byte that
 * comes here leaves on the leg without changing threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The tunnel is told of whatever becomes of the socket.
final class LoopSocket extends ChannelInboundHandlerAdapter implements LocalSide {

    private static final WriteBufferWaterMark UNWRITTEN = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final NioSocketChannel channel;
    private final Coupling coupling;
    private final LimitedReads reads = new LimitedReads();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean reading;
    private boolean inputOver;
    private int unwritten;
    private boolean outputToBeClosed;

    private LoopSocket(NioSocketChannel channel, Coupling coupling) {
        this.channel = channel;
        this.coupling = coupling;
    }

    /** Takes a connected socket over, which is owned by the loop from here on. */
    static LoopSocket adopt(SocketChannel socket, Coupling coupling, EventLoop loop) {
        NioSocketChannel channel = new NioSocketChannel(socket);
        LoopSocket local = new LoopSocket(channel, coupling);
        channel.config()
                .setAllowHalfClosure(true)
                .setAutoRead(false)
                .setWriteBufferWaterMark(UNWRITTEN)
                .setRecvByteBufAllocator(local.reads);
        channel.pipeline().addLast(local);
        coupling.whenLocalCanGoOn(local::wake);
        loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                local.fail("using", registered.cause());
            }
        });
        return local;
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    @Override
    public void reset() {
        if (channel.isOpen()) {
            Quietly.run(() -> channel.config().setSoLinger(0));
        }
        close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        step();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        reads.came(bytes.length);
        if (bytes.length > 0) {
            coupling.read(Bytes.wrap(bytes));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        step();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        step();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            endInput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endInput();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail("reading", cause);
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::step);
        }
    }

    /** Does what can be done now in both directions. */
    private void step() {
        scheduled.set(false);
        write();
        if (!reading && !inputOver && channel.isActive()) {
            int room = coupling.readableNow();
            if (room > 0) {
                reading = true;
                reads.limit(room);
                channel.read();
            }
        }
    }

    private void write() {
        boolean wrote = false;
        while (channel.isWritable() && !outputToBeClosed) {
            switch (coupling.deliveryNow()) {
                case null -> {
                    flush(wrote);
                    return;
                }
                case Delivery.Pieces(List<Bytes> pieces) -> {
                    pieces.forEach(this::write);
                    wrote = true;
                }
                case Delivery.End() -> {
                    outputToBeClosed = true;
                    closeOutputOnceWritten();
                }
                case Delivery.Over() -> {
                    return;
                }
            }
        }
        flush(wrote);
    }

    private void flush(boolean wrote) {
        if (wrote) {
            channel.flush();
        }
    }

    private void write(Bytes piece) {
        int count = piece.length();
        unwritten += count;
        channel.write(Unpooled.wrappedBuffer(piece.toByteBuffer())).addListener(written -> {
            unwritten -= count;
            if (written.isSuccess()) {
                coupling.written(count);
                closeOutputOnceWritten();
            } else {
                fail("writing to", written.cause());
            }
        });
    }

    private void closeOutputOnceWritten() {
        if (outputToBeClosed && unwritten == 0) {
            channel.shutdownOutput().addListener(_ -> coupling.outputClosed());
        }
    }

    private void endInput() {
        if (!inputOver) {
            inputOver = true;
            coupling.readEnd();
        }
    }

    private void fail(String doing, Throwable cause) {
        inputOver = true;
        coupling.reset(ResetCode.TARGET_RESET, doing + " the local connection: " + cause.getMessage());
    }
}
