package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.BetweenEnds;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Two ends that change from leg to leg while the earlier one still delivers, where any leg may die at any moment and each
 * end learns of everything in its own time: every byte arrives once and in order all the same.
 */
class MovingStreamPropertyTests {

    @Property(tries = 1000)
    void everyByteArrivesOnceAndInOrderWhileLegsChangeAndDie(
            @ForAll @Size(max = 500) List<@IntRange(max = 1 << 20) Integer> script,
            @ForAll @IntRange(min = 2, max = 3000) int window,
            @ForAll @IntRange(min = 2, max = 300) int otherWindow,
            @ForAll @IntRange(max = 8000) int size,
            @ForAll @IntRange(max = 800) int otherSize) {
        Simulation simulation = new Simulation(window, otherWindow, size, otherSize);
        for (int step : script) {
            simulation.step(step);
        }
        simulation.assertFinishes();
    }

    @Property(tries = 40)
    void longRunsFinishAsWell(@ForAll long seed, @ForAll @IntRange(min = 1000, max = 300_000) int size) {
        Random random = new Random(seed);
        Simulation simulation = new Simulation(20_000, 5_000, size, size / 2);
        for (int i = 0; i < 5_000; i++) {
            simulation.step(random.nextInt(1 << 20));
        }
        simulation.assertFinishes();
    }

    /** No leg dies, and a move begins when both ends are done with the one before. */
    @Property(tries = 200)
    void movesOfSoundLegsSendNothingTwice(
            @ForAll @Size(min = 50, max = 400) List<@IntRange(max = 1 << 20) Integer> script,
            @ForAll @IntRange(min = 500, max = 3000) int window) {
        assertNothingTwice(script, window);
    }

    /** One end reads its earlier leg to the end, and delivers nothing of it, before it says HELLO on the next one. */
    @Example
    void anEarlierLegThatIsOverBeforeHelloMakesNothingComeTwice() {
        assertNothingTwice(
                List.of(
                        24, 0, 0, 0, 0, 0, 0, 0, 11, 0, 0, 0, 11530, 0, 0, 0, 0, 0, 5, 0, 4, 0, 0, 0, 0, 0, 0, 88, 138,
                        2923, 1, 0, 0, 0, 0, 0, 0, 0, 165, 11, 202, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 10,
                        0, 43, 0, 0, 0, 0, 0, 0, 0, 0, 138, 0, 0, 138),
                2999);
    }

    /** A first leg loses a byte; the end that lacks it goes from the second leg to a third, and back as that one dies. */
    @Example
    void aLegThatIsUsedAgainStillSaysWhatArrivedOverTheOneBefore() {
        Simulation simulation = new Simulation(1893, 277, 4947, 128);
        List.of(57, 14, 17, 5, 10, 2, 6, 42820, 25, 493, 688, 30, 7, 56, 15, 62).forEach(simulation::step);
        simulation.assertFinishes();
    }

    /** An end is done with the HELLO that it says on a leg which is lost before the other end comes to it. */
    @Example
    void anEndThatIsDoneSaysSoAgainOverTheLegThatItFallsBackTo() {
        Simulation simulation = new Simulation(500, 500, 61, 50);
        simulation.pair();
        simulation.meet();
        simulation.sayEverything(1);
        simulation.send(0, true);
        simulation.receive(1, 2);
        simulation.sayEverything(0);

        simulation.pair();
        Path lost = simulation.coming[1];
        simulation.receiveOver(lost, 1);
        simulation.send(1, true);
        simulation.send(1, true);
        assertThat(simulation.isOver(1)).isTrue();
        simulation.die(lost, 0);

        assertThat(simulation.present[1]).as("fell back").isSameAs(simulation.present[0]);
        simulation.assertFinishes();
    }

    private static void assertNothingTwice(List<Integer> script, int window) {
        Simulation simulation = new Simulation(window, window, 8000, 8000);
        simulation.sound = true;
        script.forEach(simulation::step);
        simulation.assertFinishes();
        assertThat(simulation.bytesSent).isEqualTo(16_000);
    }

    /** What travels on a leg: a frame between the ends, or the bridge's word that it is paired or that the peer left. */
    private static final class Path {

        final List<Queue<Frame>> towards = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        final boolean[] left = new boolean[2];

        Path() {
            towards.forEach(queue -> queue.add(new Frame.Attached(AttachStatus.OK, 1, 0, "")));
        }

        @Override
        public String toString() {
            return Integer.toHexString(System.identityHashCode(this)) + towards + Arrays.toString(left);
        }

        void leave(int end) {
            if (!left[end]) {
                left[end] = true;
                towards.get(1 - end).add(new Frame.PeerLost());
            }
        }
    }

    private static final class Simulation {

        private final SimulatedEnd[] ends;
        private final int[] windows;
        private final @Nullable Path[] coming = new Path[2];
        private final @Nullable Path[] present = new Path[2];
        private final @Nullable Path[] earlier = new Path[2];
        private boolean sound;
        private long bytesSent;
        private long now;

        Simulation(int window, int otherWindow, int size, int otherSize) {
            windows = new int[] {window, otherWindow};
            ends = new SimulatedEnd[] {new SimulatedEnd(size, window, 1), new SimulatedEnd(otherSize, otherWindow, 2)};
        }

        void step(int choice) {
            int which = choice & 1;
            int amount = choice >> 5;
            switch ((choice >> 1) & 15) {
                case 0, 1 -> ends[which].read(1 + amount);
                case 2, 3, 4 -> send(which, (amount & 7) != 0);
                case 5, 6, 7, 8 -> receive(which, amount);
                case 9, 10 -> ends[which].write(1 + amount, now);
                case 11 -> now += amount * 1_000L;
                case 12, 13 -> pair();
                case 14 -> die(present[which], amount);
                default -> die((amount & 1) == 0 ? earlier[which] : coming[which], amount);
            }
            for (int i = 0; i < 2; i++) {
                ends[i].assertBoundedAndInOrder(ends[1 - i], windows[1 - i], windows[i]);
            }
        }

        void assertFinishes() {
            boolean over = false;
            for (int round = 0; round < 200_000 && !over; round++) {
                if (present[0] == null || present[0] != present[1]) {
                    pair();
                }
                for (int i = 0; i < 2; i++) {
                    ends[i].read(Integer.MAX_VALUE);
                    send(i, true);
                    receive(i, round);
                    receive(i, round + 1);
                    ends[i].write(Integer.MAX_VALUE, now);
                }
                now += 1_000_000;
                over = isOver(0) && isOver(1);
            }
            assertThat(over).as(this::toString).isTrue();
            ends[0].assertFinished(ends[1]);
            ends[1].assertFinished(ends[0]);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                text.append("end " + i + ": " + ends[i].stream.state() + ", coming " + coming[i] + ", present "
                        + present[i] + ", earlier " + earlier[i] + ", changed " + ends[i].stream.isChanged() + "; ");
            }
            return text.toString();
        }

        private boolean isOver(int which) {
            return !(ends[which].stream.state() instanceof StreamState.Running);
        }

        /** Both come to the leg on which they were paired. */
        private void meet() {
            for (int i = 0; i < 2; i++) {
                receive(i, 0);
                send(i, true);
            }
            receive(0, 2);
            receive(1, 2);
        }

        /** All that an end has to say, to the other's program; what the other has to say to that is still to come. */
        private void sayEverything(int which) {
            ends[which].read(Integer.MAX_VALUE);
            for (int frame = 0; frame < 2; frame++) {
                send(which, true);
                receive(1 - which, 2);
            }
            ends[1 - which].write(Integer.MAX_VALUE, now);
        }

        /** The bridge pairs both ends on a new leg; each will learn of it. One at a time. */
        private void pair() {
            boolean settled = coming[0] == null && coming[1] == null && earlier[0] == null && earlier[1] == null;
            if (settled || (!sound && present[0] == null && present[1] == null)) {
                Path path = new Path();
                coming[0] = path;
                coming[1] = path;
            }
        }

        private void die(@Nullable Path path, int order) {
            if (path != null && !sound) {
                path.towards.forEach(Queue::clear);
                lost(order & 1, path);
                lost(1 - (order & 1), path);
            }
        }

        private void lost(int which, Path path) {
            if (coming[which] == path) {
                coming[which] = null;
            } else if (earlier[which] == path) {
                earlier[which] = null;
                ends[which].stream.earlierLegOver();
            } else if (present[which] == path) {
                losePresent(which);
            }
        }

        private void losePresent(int which) {
            Path before = earlier[which];
            if (before != null && !ends[which].stream.isChanged() && !before.left[which]) {
                present[which] = before;
                earlier[which] = null;
                ends[which].stream.fellBack(now);
                return;
            }
            if (before != null) {
                before.leave(which);
                earlier[which] = null;
            }
            present[which] = null;
            ends[which].stream.detached(now);
        }

        private void send(int which, boolean ready) {
            put(which, present[which], ends[which].send(ready, ends[1 - which], now));
            put(which, earlier[which], ends[which].sendOnEarlierLeg(ready, ends[1 - which]));
        }

        private void put(int which, @Nullable Path path, @Nullable BetweenEnds frame) {
            if (frame == null) {
                return;
            }
            if (frame instanceof Frame.Data data) {
                bytesSent += data.bytes().length();
            }
            if (path == null || path.left[which]) {
                throw new AssertionError(frame + " for a leg that is gone");
            }
            path.towards.get(1 - which).add(frame);
        }

        private void receive(int which, int amount) {
            if (!receiveOver(amount % 3 == 0 ? coming[which] : present[which], which)) {
                boolean _ = receiveOver(amount % 3 == 1 ? earlier[which] : present[which], which);
            }
        }

        private boolean receiveOver(@Nullable Path path, int which) {
            Frame frame = path == null ? null : path.towards.get(which).poll();
            if (path == null || frame == null) {
                return false;
            }
            receive(which, path, frame);
            return true;
        }

        private void receive(int which, Path path, Frame frame) {
            TunnelStream stream = ends[which].stream;
            switch (frame) {
                case Frame.Attached _ -> attached(which, path);
                case Frame.PeerLost() -> {
                    path.leave(which);
                    lost(which, path);
                }
                case Frame.Hello hello
                when path == present[which] -> {
                    stream.received(hello, now);
                    leaveEarlier(which, hello.earlier());
                }
                case BetweenEnds between when path != present[which] -> stream.receivedOverEarlierLeg(between, now);
                case BetweenEnds between -> stream.received(between, now);
                default -> throw new AssertionError(frame);
            }
            assertThat(stream.state()).isNotInstanceOf(StreamState.Reset.class);
        }

        private void attached(int which, Path path) {
            Path before = earlier[which];
            if (before != null) {
                before.leave(which);
            }
            earlier[which] = present[which];
            present[which] = path;
            coming[which] = null;
            ends[which].stream.attached(now, earlier[which] != null);
        }

        private void leaveEarlier(int which, boolean otherHasEarlier) {
            Path before = earlier[which];
            if (before != null) {
                before.leave(which);
                if (!otherHasEarlier) {
                    earlier[which] = null;
                    ends[which].stream.earlierLegOver();
                }
            }
        }
    }
}
