package io.bascule.system;

import io.bascule.testsupport.Streams;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Someone who types: sends a number, waits until it comes back negated, and sends the next. */
final class EchoStream implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Passage passage;
    private final CompletableFuture<Long> asking;
    /** How long each round took, by when it ended; in nanoseconds. */
    private final NavigableMap<Long, Long> rounds = new ConcurrentSkipListMap<>();

    private volatile boolean finishing;

    private EchoStream(Passage passage) {
        this.passage = passage;
        CompletableFuture<Void> _ = Streams.background(this::answer);
        this.asking = Streams.background(this::ask);
    }

    static EchoStream over(Passage passage) {
        return new EchoStream(passage);
    }

    int rounds() {
        return rounds.size();
    }

    /** The longest round that ended after this moment of {@link System#nanoTime}; in milliseconds. */
    long longestSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(rounds.tailMap(nanoTime).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0));
    }

    /** Throws the reason if it broke. */
    void requireAlive() {
        if (asking.isCompletedExceptionally()) {
            asking.join();
        }
    }

    /** Ends after the present round and returns how many there were. */
    long finish() throws Exception {
        finishing = true;
        return asking.get(30, TimeUnit.SECONDS);
    }

    private long ask() throws IOException {
        for (long question = 1; ; question++) {
            long begin = System.nanoTime();
            write(passage.near(), question);
            long answer = read(passage.near());
            if (answer != -question) {
                throw new IOException("answer %d (expected: %d)".formatted(answer, -question));
            }
            long end = System.nanoTime();
            rounds.put(end, end - begin);
            if (finishing) {
                return question;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private Void answer() throws IOException {
        while (true) {
            write(passage.far(), -read(passage.far()));
        }
    }

    private static void write(SocketChannel channel, long number) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static long read(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the connection was closed");
            }
        }
        return bytes.flip().getLong();
    }

    @Override
    public void close() throws IOException {
        passage.close();
    }
}
