package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.BetweenEnds;
import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Received;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An end under test: a source of random bytes, a sink, and the model of what may be seen on the wire. */
final class SimulatedEnd {

    final TunnelStream stream;
    private final byte[] source;
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private final List<Bytes> taken = new ArrayList<>();
    private final int window;
    private int read;
    private long statedLimit;
    private long statedOffset;

    SimulatedEnd(int size, int window, long seed) {
        this(size, StreamSettings.DEFAULT.withWindow(window, window), WindowPool.NONE, seed);
    }

    SimulatedEnd(int size, StreamSettings settings, WindowPool pool, long seed) {
        window = settings.largestWindow();
        stream = new TunnelStream(settings, pool, 0);
        source = new byte[size];
        new Random(seed).nextBytes(source);
    }

    void read(int atMost) {
        int count = Math.min(Math.min(atMost, stream.readableBytes()), source.length - read);
        if (count > 0) {
            stream.localRead(Bytes.wrap(source, read, count));
            read += count;
        }
        if (read == source.length) {
            stream.localEnd();
        }
    }

    void write(int atMost, long now) {
        taken.addAll(stream.takeDeliverable());
        int left = atMost;
        while (left > 0 && !taken.isEmpty()) {
            Bytes first = taken.removeFirst();
            int count = Math.min(left, first.length());
            sink.writeBytes(first.slice(0, count).toByteArray());
            if (count < first.length()) {
                taken.addFirst(first.slice(count, first.length() - count));
            }
            left -= count;
            stream.localWritten(count, now);
        }
        if (stream.isOutputToBeClosed()) {
            stream.localOutputClosed(now);
        }
    }

    @Nullable
    BetweenEnds send(boolean ready, SimulatedEnd other, long now) {
        BetweenEnds frame = stream.nextFrame(ready, now);
        check(frame, other);
        return frame;
    }

    @Nullable
    BetweenEnds sendOnEarlierLeg(boolean ready, SimulatedEnd other) {
        BetweenEnds frame = stream.nextOnEarlierLeg(ready);
        if (frame instanceof Data data) {
            assertThat(data.rxOffset()).as("nothing new is stated").isLessThanOrEqualTo(statedOffset);
            assertThat(data.rxLimit()).as("nothing new is stated").isLessThanOrEqualTo(statedLimit);
            assertThat(data.offset() + data.bytes().length()).isLessThanOrEqualTo(other.statedLimit);
        }
        return frame;
    }

    private void check(@Nullable BetweenEnds frame, SimulatedEnd other) {
        switch (frame) {
            case Hello(long offset, long limit, boolean _) -> states(offset, limit);
            case Received(long _, long offset, long limit) -> states(offset, limit);
            case Ack(long offset, long limit) -> states(offset, limit);
            case Data(long offset, long rxOffset, long rxLimit, Bytes bytes) -> {
                states(rxOffset, rxLimit);
                assertThat(offset + bytes.length()).as("no byte past a limit").isLessThanOrEqualTo(other.statedLimit);
            }
            case null, default -> {}
        }
    }

    void assertBoundedAndInOrder(SimulatedEnd other, int otherWindow, int window) {
        byte[] out = sink.toByteArray();
        assertThat(out).isEqualTo(Arrays.copyOf(other.source, out.length));
        assertThat(stream.bytesHeld()).isLessThanOrEqualTo(2L * (window + otherWindow) + 4 * 8192);
    }

    void assertFinished(SimulatedEnd other) {
        assertThat(stream.state()).isEqualTo(new StreamState.Finished(source.length, other.source.length));
        assertThat(sink.toByteArray()).isEqualTo(other.source);
    }

    private void states(long offset, long limit) {
        assertThat(offset).as("stated offsets never fall").isGreaterThanOrEqualTo(statedOffset);
        assertThat(limit).as("stated limits never fall").isGreaterThanOrEqualTo(statedLimit);
        assertThat(limit).as("no more may come than the window").isLessThanOrEqualTo(sink.size() + (long) window);
        assertThat(offset).as("acknowledged is written").isLessThanOrEqualTo(sink.size() + 1L);
        statedOffset = offset;
        statedLimit = limit;
    }
}
