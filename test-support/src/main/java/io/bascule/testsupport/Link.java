package io.bascule.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a store that can become slow, or be cut as networks are: nothing is closed, nothing arrives, and a connection that
 * was there during a cut stays dead, so that time-outs alone end it, at either side: the store does not learn that its client
 * has gone. Safe for use by many threads.
 */
public final class Link implements AutoCloseable {

    private static final int PIECE = 64 * 1024;

    private final ServerSocket server;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicLong slowed = new AtomicLong();
    private final AtomicLong swallowed = new AtomicLong();
    private volatile int target;
    private volatile long delayNanos;
    private volatile int cuts;
    private volatile boolean cut;
    private volatile boolean heard;

    private Link(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofPlatform().daemon().name("link-" + port()).start(this::acceptAll);
    }

    /** To a port of this machine. */
    public static Link to(int port) {
        return new Link(port);
    }

    /** To a port that is known later; until then nobody connects. */
    public static Link open() {
        return new Link(0);
    }

    public void lead(int port) {
        target = port;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on every piece of data takes so much longer, one after the other; zero for none. */
    public void slow(Duration each) {
        delayNanos = each.toNanos();
    }

    /** From now on nothing arrives. New connections are accepted and never answered. */
    public void cut() {
        cut(false);
    }

    /** As {@link #cut()}, but what is sent to the store arrives: it does what it is asked and nobody learns of it. */
    public void cutAnswers() {
        cut(true);
    }

    private synchronized void cut(boolean storeHears) {
        heard = storeHears;
        cut = true;
        cuts++;
    }

    /** New connections work again. */
    public void restore() {
        cut = false;
    }

    /** How many pieces came late. */
    public long slowed() {
        return slowed.get();
    }

    /** How many pieces did not arrive. */
    public long swallowed() {
        return swallowed.get();
    }

    @Override
    public void close() {
        closeQuietly(server);
        synchronized (sockets) {
            sockets.forEach(Link::closeQuietly);
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException _) {
                // The store refused it, or this link is closed.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        int since = cuts;
        boolean dead = cut;
        synchronized (sockets) {
            sockets.add(near);
        }
        try {
            Socket far = new Socket(server.getInetAddress(), target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            synchronized (sockets) {
                sockets.add(far);
            }
            carry(near, far, dead ? -1 : since, true);
            carry(far, near, dead ? -1 : since, false);
        } catch (IOException away) {
            near.close();
            throw away;
        }
    }

    /** @param since how many cuts there had been when this connection was made; -1 for one made during a cut */
    private void carry(Socket from, Socket to, int since, boolean toStore) {
        Thread.ofVirtual().start(() -> {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[PIECE];
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    if (arrives(since, toStore)) {
                        out.write(buffer, 0, count);
                    } else {
                        swallowed.incrementAndGet();
                    }
                }
            } catch (IOException _) {
                // An end of either side is the end of both, unless nothing arrives.
            }
            closeQuietly(from);
            if (since == cuts) {
                closeQuietly(to);
            }
        });
    }

    /** Takes the time that it takes. */
    private boolean arrives(int since, boolean toStore) {
        long delay = delayNanos;
        if (delay > 0) {
            slowed.incrementAndGet();
            LockSupport.parkNanos(delay);
        }
        return since == cuts || (toStore && heard);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception _) {
            // It is closed.
        }
    }
}
