package io.bascule.tunnel.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Two ends of one TCP connection over loopback: what a program holds, and what the tunnel's end is given. */
record Sockets(SocketChannel program, SocketChannel tunnelSide) implements AutoCloseable {

    static Sockets connected() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel program = SocketChannel.open(server.getLocalAddress());
            return new Sockets(program, server.accept());
        }
    }

    @Override
    public void close() throws IOException {
        program.close();
        tunnelSide.close();
    }
}
