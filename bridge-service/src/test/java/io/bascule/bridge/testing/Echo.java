package io.bascule.bridge.testing;

import io.bascule.testsupport.Streams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A program that sends numbers through a tunnel, one after the other, and expects each of them back before the next. */
public final class Echo {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final TestTunnel tunnel;
    private final Duration pause;
    private volatile boolean stopping;
    private final AtomicLong rounds = new AtomicLong();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final AtomicLong longestNanos = new AtomicLong();
    private CompletableFuture<Long> longest = new CompletableFuture<>();

    private Echo(TestTunnel tunnel, Duration pause) {
        this.tunnel = tunnel;
        this.pause = pause;
    }

    public static Echo start(TestTunnel tunnel) {
        return start(tunnel, PAUSE);
    }

    /** @param pause between an answer and the next question */
    public static Echo start(TestTunnel tunnel, Duration pause) {
        Echo echo = new Echo(tunnel, pause);
        if (!tunnel.isMirrored()) {
            CompletableFuture<Long> _ = Streams.background(echo::answer);
        }
        echo.longest = Streams.background(echo::ask);
        return echo;
    }

    public long rounds() {
        return rounds.get();
    }

    /** Returns when one answer has come. Fails at once if none will. */
    public void awaitFirst() {
        try {
            CompletableFuture.anyOf(first, longest).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("no first echo", failure);
        }
    }

    /** The longest one so far does not count; the present one does. In milliseconds. */
    public long forget() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos.getAndSet(0));
    }

    /** Ends after the present round. */
    public void stop() {
        stopping = true;
    }

    /**
     * Ends after the present round; the longest one since {@link #forget}, in milliseconds. Fails if an answer was wrong or
     * missing.
     */
    public long finish() {
        stop();
        try {
            return longest.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("an echo failed after " + rounds + " rounds", failure);
        }
    }

    private long ask() throws IOException {
        while (!stopping) {
            long begin = System.nanoTime();
            long question = rounds.get();
            tunnel.near()
                    .write(ByteBuffer.allocate(Long.BYTES).putLong(question).flip());
            long answer = read(tunnel.near());
            long expected = tunnel.isMirrored() ? question : -question;
            if (answer != expected) {
                throw new IOException("answer " + answer + " (expected: " + expected + ")");
            }
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
            rounds.incrementAndGet();
            first.complete(null);
            LockSupport.parkNanos(pause.toNanos());
        }
        return forget();
    }

    private long answer() throws IOException {
        while (true) {
            long question = read(tunnel.far());
            tunnel.far()
                    .write(ByteBuffer.allocate(Long.BYTES).putLong(-question).flip());
        }
    }

    private static long read(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new IOException("the tunnel ended");
            }
        }
        return bytes.flip().getLong();
    }
}
