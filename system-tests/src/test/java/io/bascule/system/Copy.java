package io.bascule.system;

import io.bascule.testsupport.Streams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A copy of random bytes both ways over one connection, which lasts until it is told to end and is hashed at each side. */
final class Copy implements AutoCloseable {

    private static final int PIECE = 128 * 1024;

    private final Passage passage;
    private final long atLeast;
    private final long bytesPerSecond;
    private final AtomicLong received = new AtomicLong();
    private final CompletableFuture<String> sentByNear;
    private final CompletableFuture<String> sentByFar;
    private final CompletableFuture<String> receivedByNear;
    private final CompletableFuture<String> receivedByFar;
    private volatile boolean finishing;

    private Copy(Passage passage, long atLeast, long bytesPerSecond) {
        this.passage = passage;
        this.atLeast = atLeast;
        this.bytesPerSecond = bytesPerSecond;
        this.sentByNear = Streams.background(() -> send(passage.near(), 1));
        this.sentByFar = Streams.background(() -> send(passage.far(), 2));
        this.receivedByNear = Streams.background(() -> receive(passage.near()));
        this.receivedByFar = Streams.background(() -> receive(passage.far()));
    }

    /**
     * Starts.
     *
     * @param atLeast bytes that go each way before it ends
     * @param bytesPerSecond how fast each side sends at most
     */
    static Copy over(Passage passage, long atLeast, long bytesPerSecond) {
        return new Copy(passage, atLeast, bytesPerSecond);
    }

    /** Bytes that have arrived, both ways together. */
    long received() {
        return received.get();
    }

    /** The hash of what was sent and of what arrived, each way. */
    record Hashes(String sentByNear, String receivedByFar, String sentByFar, String receivedByNear) {}

    /** Ends the copy once enough was sent and waits until all has arrived. */
    Hashes finish() throws Exception {
        finishing = true;
        return new Hashes(
                sentByNear.get(5, TimeUnit.MINUTES),
                receivedByFar.get(1, TimeUnit.MINUTES),
                sentByFar.get(5, TimeUnit.MINUTES),
                receivedByNear.get(1, TimeUnit.MINUTES));
    }

    private String send(SocketChannel channel, long seed) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        Random random = new Random(seed);
        byte[] piece = new byte[PIECE];
        long begin = System.nanoTime();
        for (long sent = 0; sent < atLeast || !finishing; sent += PIECE) {
            random.nextBytes(piece);
            hash.update(piece);
            ByteBuffer bytes = ByteBuffer.wrap(piece);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            long due = begin + (long) (1e9 * sent / bytesPerSecond);
            LockSupport.parkNanos(due - System.nanoTime());
        }
        channel.shutdownOutput();
        return HexFormat.of().formatHex(hash.digest());
    }

    private String receive(SocketChannel channel) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (channel.read(piece) >= 0) {
            received.addAndGet(piece.position());
            hash.update(piece.flip());
            piece.clear();
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    @Override
    public void close() throws IOException {
        passage.close();
    }
}
