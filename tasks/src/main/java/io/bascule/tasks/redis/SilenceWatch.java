package io.bascule.tasks.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection on which a command has had no answer for long; the client then connects anew and subscribes again.
 * Without it a connection whose other end was lost with the network stays open for a quarter of an hour, and whoever listens on
 * it hears nothing. A connection that sends nothing is not watched: its owner sends a PING now and then.
 */
public final class SilenceWatch implements NettyCustomizer {

    /** How long an answer may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    /** Resources of a client whose connections are watched; whoever makes them shuts them down. */
    public static ClientResources.Builder resources() {
        return ClientResources.builder().nettyCustomizer(new SilenceWatch());
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addFirst(new Watch());
    }

    /** All on the channel's own thread. */
    private static final class Watch extends ChannelDuplexHandler {

        private boolean waiting;
        private boolean heard;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            var _ = context.write(message, promise);
            if (!waiting) {
                await(context);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            heard = true;
            context.fireChannelRead(message);
        }

        private void await(ChannelHandlerContext context) {
            waiting = true;
            heard = false;
            var _ = context.executor().schedule(() -> judge(context), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void judge(ChannelHandlerContext context) {
            waiting = false;
            if (!heard && context.channel().isActive()) {
                LOG.warn("Redis was silent for {}; the connection is made anew", PATIENCE);
                var _ = context.close();
            }
        }
    }
}
