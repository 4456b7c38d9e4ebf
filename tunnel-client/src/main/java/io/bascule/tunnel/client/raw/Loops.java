package io.bascule.tunnel.client.raw;

import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;

/** The threads of all raw legs of this process, and of the local sockets behind them; they end with it. */
public final class Loops {

    private static final EventLoopGroup SHARED = new NioEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("tunnel-legs", true));

    private Loops() {}

    /** One of them, in turn: what belongs together should share one. */
    public static EventLoop next() {
        return SHARED.next();
    }
}
