package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A socket channel: several pieces go out in one system call. */
final class SocketChannelConnection implements LocalConnection {

    private final SocketChannel channel;

    SocketChannelConnection(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void write(List<Bytes> pieces) throws IOException {
        ByteBuffer[] buffers = pieces.stream().map(Bytes::toByteBuffer).toArray(ByteBuffer[]::new);
        ByteBuffer last = buffers[buffers.length - 1];
        while (last.hasRemaining()) {
            if (channel.write(buffers) < 0) {
                throw new ClosedChannelException();
            }
        }
    }

    @Override
    public void closeOutput() {
        Quietly.run(channel::shutdownOutput);
    }

    @Override
    public void close() {
        Quietly.close(channel);
    }

    @Override
    public void reset() {
        Quietly.run(() -> channel.setOption(StandardSocketOptions.SO_LINGER, 0));
        close();
    }
}
