package io.bascule.bridge.testing;

import io.bascule.bridge.testing.TestAuthority.Identity;
import io.grpc.Status;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/** The raw leg as its specification has it, over the JDK's TLS and nothing of ours. */
public final class RawWire implements TestWire {

    private static final int END = 0;
    private static final int ALIVE = -1;

    private final SSLSocket socket;
    private final Semaphore wanted = new Semaphore(0);
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    private RawWire(SSLSocket socket) {
        this.socket = socket;
    }

    public static RawWire to(int port, Identity identity) throws IOException, GeneralSecurityException {
        return to(port, identity, "bascule-leg/1", "h2");
    }

    public static RawWire to(int port, Identity identity, String... protocols)
            throws IOException, GeneralSecurityException {
        return new RawWire(TestTls.connect(port, identity, protocols));
    }

    @Override
    public void start(Listener listener) {
        Thread.ofVirtual().start(() -> listener.ended(read(listener)));
    }

    @Override
    public void send(byte... message) {
        write(ByteBuffer.allocate(4 + message.length)
                .putInt(message.length)
                .put(message)
                .array());
    }

    /** Bytes as they are, frames or not. */
    public void write(byte... bytes) {
        waiting.incrementAndGet();
        try {
            writer.execute(() -> {
                try {
                    new DataOutputStream(socket.getOutputStream()).write(bytes);
                    waiting.decrementAndGet();
                } catch (IOException gone) {
                    writer.shutdown();
                }
            });
        } catch (RejectedExecutionException gone) {
            // The reader tells the test.
        }
    }

    @Override
    public boolean isReady() {
        return waiting.get() == 0;
    }

    @Override
    public void request(int messages) {
        wanted.release(messages);
    }

    @Override
    public void finish() {
        write(new byte[4]);
    }

    @Override
    public void kill() {
        writer.shutdown();
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // As wanted.
        }
    }

    private Status read(Listener listener) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = in.readInt();
                if (length == END) {
                    return Status.OK;
                }
                if (length != ALIVE) {
                    byte[] message = in.readNBytes(length);
                    wanted.acquireUninterruptibly();
                    listener.message(message);
                }
            }
        } catch (IOException lost) {
            return Status.UNAVAILABLE.withDescription(lost.getMessage());
        }
    }
}
