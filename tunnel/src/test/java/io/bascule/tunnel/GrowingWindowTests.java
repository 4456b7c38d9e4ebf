package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.Ack;
import io.bascule.tunnel.Frame.BetweenEnds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** A sender that always has more, a receiver, and a path with a delay and a rate between them, on a clock of their own. */
class GrowingWindowTests {

    private static final long STEP = Duration.ofMillis(1).toNanos();
    private static final int FIRST = StreamSettings.DEFAULT.window();
    private static final long MIB = 1 << 20;
    private static final WindowPool PLENTY = new WindowPool(64 * MIB);

    private long now = STEP;

    @Test
    void aLongPathIsFilledAsWellAsItsRateAllows() {
        Path path = new Path(Duration.ofMillis(50), 100 * MIB, PLENTY, PLENTY);

        path.runFor(Duration.ofSeconds(3));
        long delivered = path.deliveredIn(Duration.ofSeconds(1));

        assertThat(delivered).isBetween(90 * MIB, 101 * MIB);
        assertThat(path.widest).isLessThan(16 * MIB);
    }

    @Test
    void theWindowThatAShortPathBeginsWithIsEnoughForIt() {
        Path path = new Path(Duration.ofMillis(2), 50 * MIB, PLENTY, PLENTY);

        path.runFor(Duration.ofSeconds(2));

        assertThat(path.widest).isLessThan(3L * FIRST);
        assertThat(path.deliveredIn(Duration.ofSeconds(1))).isGreaterThan(45 * MIB);
    }

    @Test
    void aReaderThatIsSlowGetsNoWideWindow() {
        Path path = new Path(Duration.ofMillis(50), 100 * MIB, PLENTY, PLENTY);
        path.readerRate = MIB;

        path.runFor(Duration.ofSeconds(5));

        assertThat(path.widest).isEqualTo(FIRST);
    }

    @Test
    void noMoreIsKeptForReplayThanThePoolGrants() {
        WindowPool little = new WindowPool(MIB);
        Path path = new Path(Duration.ofMillis(50), 100 * MIB, little, PLENTY);

        path.runFor(Duration.ofSeconds(3));

        assertThat(path.widest).isGreaterThan(MIB);
        assertThat(path.mostKept).isBetween(MIB, MIB + 2L * FIRST);
    }

    @Test
    void aWindowIsGivenBackWhenTheTunnelIsQuietOrOver() {
        WindowPool pool = new WindowPool(64 * MIB);
        Path path = new Path(Duration.ofMillis(50), 100 * MIB, PLENTY, pool);
        path.runFor(Duration.ofSeconds(2));
        WindowPool.Claim other = pool.claim();
        other.want(64 * MIB);
        assertThat(other.granted()).isEqualTo(32 * MIB);

        path.sending = false;
        path.runFor(Duration.ofSeconds(26));
        assertThat(other.granted()).isEqualTo(64 * MIB);

        path.sending = true;
        path.runFor(Duration.ofSeconds(2));
        assertThat(other.granted()).isEqualTo(32 * MIB);
        path.receiver.reset(ResetCode.CLOSED, "done");
        assertThat(other.granted()).isEqualTo(64 * MIB);
    }

    @Test
    void anEndWithoutALegKeepsNoWindowFromOthers() {
        WindowPool pool = new WindowPool(64 * MIB);
        Path path = new Path(Duration.ofMillis(50), 100 * MIB, PLENTY, pool);
        path.runFor(Duration.ofSeconds(2));
        WindowPool.Claim other = pool.claim();
        other.want(64 * MIB);

        path.receiver.detached(now);
        long due = path.receiver.deadline();
        path.receiver.tick(due - 1);
        assertThat(other.granted()).as("it may come back at once").isEqualTo(32 * MIB);
        path.receiver.tick(due);

        assertThat(due).isEqualTo(now + Duration.ofSeconds(10).toNanos());
        assertThat(other.granted()).isGreaterThan(48 * MIB);
        assertThat(path.receiver.deadline()).as("the hold's").isGreaterThan(due);
    }

    @Test
    void aWindowThatIsFullOfUnreadBytesIsNotGrantedTwice() {
        WindowPool pool = new WindowPool(64 * MIB);
        Path path = new Path(Duration.ofMillis(50), 100 * MIB, PLENTY, pool);
        path.runFor(Duration.ofSeconds(2));
        WindowPool.Claim other = pool.claim();

        path.readerRate = 0;
        path.runFor(Duration.ofSeconds(26));

        long held = path.receiver.bytesHeld();
        assertThat(held).isGreaterThan(4L * FIRST);
        other.want(64 * MIB);
        assertThat(other.granted()).isLessThanOrEqualTo(64 * MIB - (held - FIRST));
    }

    private record Travelling(BetweenEnds frame, long arrivesAt) {}

    private final class Path {

        private final TunnelStream sender;
        private final TunnelStream receiver;
        private final Deque<Travelling> there = new ArrayDeque<>();
        private final Deque<Travelling> back = new ArrayDeque<>();
        private final long oneWay;
        private final long rate;
        private long readerRate = Long.MAX_VALUE / STEP;
        private boolean sending = true;
        private long unread;
        private long widest;
        private long mostKept;

        Path(Duration roundTrip, long rate, WindowPool senders, WindowPool receivers) {
            this.oneWay = roundTrip.toNanos() / 2;
            this.rate = rate;
            sender = new TunnelStream(StreamSettings.DEFAULT, senders, now);
            receiver = new TunnelStream(StreamSettings.DEFAULT, receivers, now);
            sender.attached(now);
            receiver.attached(now);
        }

        long deliveredIn(Duration time) {
            long before = receiver.bytesReceived();
            runFor(time);
            return receiver.bytesReceived() - before;
        }

        void runFor(Duration time) {
            for (long end = now + time.toNanos(); now < end; now += STEP) {
                step();
            }
        }

        private void step() {
            arrive(there, receiver);
            arrive(back, sender);
            for (Bytes bytes : receiver.takeDeliverable()) {
                unread += bytes.length();
            }
            long read = Math.min(unread, readerRate / 1_000);
            unread -= read;
            if (read > 0) {
                receiver.localWritten(read, now);
            }
            long mayPass = rate / 1_000;
            for (int room = sender.readableBytes(); sending && room > 0 && mayPass > 0; room = sender.readableBytes()) {
                int count = (int) Math.min(room, mayPass);
                sender.localRead(Bytes.wrap(new byte[count]));
                mayPass -= count;
            }
            send(sender, there);
            send(receiver, back);
            mostKept = Math.max(mostKept, sender.bytesHeld());
        }

        private void send(TunnelStream from, Deque<Travelling> path) {
            for (BetweenEnds next = from.nextFrame(true, now); next != null; next = from.nextFrame(true, now)) {
                if (next instanceof Ack(long rxOffset, long rxLimit)) {
                    widest = Math.max(widest, rxLimit - rxOffset);
                }
                path.add(new Travelling(next, now + oneWay));
            }
        }

        private void arrive(Deque<Travelling> path, TunnelStream at) {
            while (!path.isEmpty() && path.getFirst().arrivesAt() <= now) {
                at.received(path.removeFirst().frame(), now);
            }
        }
    }
}
