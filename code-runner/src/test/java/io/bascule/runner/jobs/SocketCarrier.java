package io.bascule.runner.jobs;

import io.bascule.runner.resource.Carrier;
import io.bascule.runner.resource.Connection;
import io.bascule.runner.resource.Connections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** Carries connections to a port of this machine: what a worker does, without its tunnel. */
final class SocketCarrier implements Carrier {

    private final Socket socket;

    private SocketCarrier(Socket socket) {
        this.socket = socket;
    }

    /** Carries one connection until the resource ends it; false when no job waits for it. */
    static boolean carry(Connections connections, String id, int port) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            var connection = connections.carry(id, new SocketCarrier(socket));
            if (connection.isPresent()) {
                receiveAll(socket, connection.get());
                return true;
            }
            socket.close();
            return false;
        } catch (IOException failure) {
            connections.refuse(id, "RESOURCE_UNREACHABLE", String.valueOf(failure.getMessage()));
            return false;
        }
    }

    private static void receiveAll(Socket socket, Connection connection) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int got = socket.getInputStream().read(buffer);
                    got >= 0;
                    got = socket.getInputStream().read(buffer)) {
                connection.received(Arrays.copyOf(buffer, got));
            }
            connection.ended();
        } catch (IOException cut) {
            connection.failed("RESOURCE_UNREACHABLE", String.valueOf(cut.getMessage()));
        }
    }

    @Override
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException cut) {
            close();
        }
    }

    @Override
    public void end() {
        try {
            socket.shutdownOutput();
        } catch (IOException cut) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
