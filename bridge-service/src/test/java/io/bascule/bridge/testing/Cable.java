package io.bascule.bridge.testing;

import io.bascule.tunnel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** A way to a port that takes time, is no faster than it is told to be, and can be cut. */
public final class Cable implements AutoCloseable {

    /** Any rate. */
    public static final long UNLIMITED = 0;

    private static final int PIECE = 64 * 1024;

    /** What may be under way; more waits to be read. A narrow cable does not hide that it is. */
    private static final int PIECES = 256;

    private static final int PIECES_WHEN_NARROW = 16;

    private final ServerSocket server;
    private final int target;
    private final long delayNanos;
    private final long bytesPerSecond;
    private final AtomicLong carried = new AtomicLong();
    private final List<Connection> connections = new ArrayList<>();

    private Cable(int target, Duration oneWay, long bytesPerSecond) throws IOException {
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        this.target = target;
        this.delayNanos = oneWay.toNanos();
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Lays a cable to a bridge. */
    public static Cable to(RunningBridge bridge, Duration oneWay, long bytesPerSecond) throws IOException {
        Cable cable = new Cable(bridge.port(), oneWay, bytesPerSecond);
        Thread.ofVirtual().start(cable::acceptAll);
        return cable;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Bytes that came out at either side. */
    public long carried() {
        return carried.get();
    }

    /** Resets one of the connections; says whether there was one. */
    public synchronized boolean cutOne(RandomGenerator random) {
        connections.removeIf(Connection::isCut);
        if (connections.isEmpty()) {
            return false;
        }
        connections.remove(random.nextInt(connections.size())).cut();
        return true;
    }

    private void acceptAll() {
        try {
            while (true) {
                Connection connection = new Connection(server.accept(), new Socket(server.getInetAddress(), target));
                synchronized (this) {
                    connections.add(connection);
                }
                carry(connection.near().getInputStream(), connection.far().getOutputStream(), connection);
                carry(connection.far().getInputStream(), connection.near().getOutputStream(), connection);
            }
        } catch (IOException _) {
            close();
        }
    }

    private record Piece(Bytes bytes, long due) {}

    private void carry(InputStream in, OutputStream out, Connection connection) {
        BlockingQueue<Piece> underWay =
                new ArrayBlockingQueue<>(bytesPerSecond == UNLIMITED ? PIECES : PIECES_WHEN_NARROW);
        Thread.ofVirtual()
                .start(() -> connection.cutAfter(() -> {
                    byte[] buffer = new byte[PIECE];
                    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                        underWay.put(
                                new Piece(Bytes.wrap(Arrays.copyOf(buffer, count)), System.nanoTime() + delayNanos));
                    }
                    underWay.put(new Piece(Bytes.EMPTY, System.nanoTime() + delayNanos));
                }));
        Thread.ofVirtual()
                .start(() -> connection.cutAfter(() -> {
                    long free = System.nanoTime();
                    for (Piece piece = underWay.take(); piece.bytes().length() > 0; piece = underWay.take()) {
                        long begin = Math.max(Math.max(piece.due(), free), System.nanoTime());
                        free = begin
                                + (bytesPerSecond == UNLIMITED
                                        ? 0
                                        : piece.bytes().length() * 1_000_000_000L / bytesPerSecond);
                        LockSupport.parkNanos(Math.max(piece.due(), free) - System.nanoTime());
                        piece.bytes().writeTo(out);
                        carried.addAndGet(piece.bytes().length());
                    }
                    connection.cut();
                }));
    }

    @Override
    public synchronized void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        connections.forEach(Connection::cut);
        connections.clear();
    }

    private record Connection(Socket near, Socket far) {

        Connection {
            try {
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @FunctionalInterface
        interface Carrying {
            void run() throws IOException, InterruptedException;
        }

        /** The end of one direction, or a fault in it, is the end of both. */
        void cutAfter(Carrying carrying) {
            try {
                carrying.run();
            } catch (IOException _) {
                cut();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        boolean isCut() {
            return near.isClosed();
        }

        /** Several may cut at once: the two directions, the test, and the end of the cable. Idempotent. */
        void cut() {
            for (Socket socket : List.of(near, far)) {
                synchronized (socket) {
                    reset(socket);
                }
            }
        }

        private static void reset(Socket socket) {
            try (socket) {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
