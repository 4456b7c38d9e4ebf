package io.bascule.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A connection through a tunnel, seen from both sides.
 *
 * @param near the program's side
 * @param far the target's side
 */
record Passage(SocketChannel near, SocketChannel far) implements AutoCloseable {

    static ServerSocketChannel target() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Connects to the tunnel's port and waits for the agent's connection to the target. */
    static Passage open(int tunnelPort, ServerSocketChannel target) throws IOException {
        SocketChannel near = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnelPort));
        SocketChannel far = target.accept();
        near.setOption(StandardSocketOptions.TCP_NODELAY, true);
        far.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Passage(near, far);
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
