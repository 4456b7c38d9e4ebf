package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.BetweenEnds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Two ends over a path that dies, is replaced, duplicates, reorders and brings late what was sent over an earlier one:
 * whatever the order of events, every byte arrives once and in order, no limit is passed, memory stays bounded, and when
 * the path holds long enough both ends finish.
 */
class TunnelStreamPropertyTests {

    @Property(tries = 1000)
    void everyByteArrivesOnceAndInOrderOverPathsThatDie(
            @ForAll @Size(max = 400) List<@IntRange(max = 1 << 20) Integer> script,
            @ForAll @IntRange(min = 2, max = 3000) int window,
            @ForAll @IntRange(min = 2, max = 300) int otherWindow,
            @ForAll @IntRange(max = 8000) int size,
            @ForAll @IntRange(max = 800) int otherSize) {
        Simulation simulation = new Simulation(window, otherWindow, size, otherSize);
        for (int step : script) {
            simulation.step(step);
        }
        simulation.assertFinishesOverASoundPath();
    }

    @Property(tries = 40)
    void longRunsOfRandomEventsFinishAsWell(
            @ForAll long seed,
            @ForAll @IntRange(min = 1000, max = 70_000) int window,
            @ForAll @IntRange(min = 1000, max = 300_000) int size) {
        runLong(new Simulation(window, window / 2, size, size / 2), seed);
    }

    @Property(tries = 40)
    void longRunsWithWindowsThatGrowAndShrinkFinishAsWell(
            @ForAll long seed,
            @ForAll @IntRange(min = 1000, max = 70_000) int window,
            @ForAll @IntRange(max = 300_000) int inPool) {
        StreamSettings settings = StreamSettings.DEFAULT.withWindow(window, 4 * window);
        WindowPool pool = new WindowPool(inPool);
        SimulatedEnd one = new SimulatedEnd(400_000, settings, pool, 1);
        SimulatedEnd other = new SimulatedEnd(300_000, settings, pool, 2);
        runLong(new Simulation(one, other, 4 * window), seed);
    }

    private static void runLong(Simulation simulation, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            simulation.step(random.nextInt(1 << 20));
        }
        simulation.assertFinishesOverASoundPath();
    }

    private static final class Simulation {

        private final SimulatedEnd[] ends;
        private final int[] windows;
        private final List<List<EncodedFrame>> towards = List.of(new ArrayList<>(), new ArrayList<>());
        private long now;
        private boolean attached;

        Simulation(SimulatedEnd one, SimulatedEnd other, int window) {
            windows = new int[] {window, window};
            ends = new SimulatedEnd[] {one, other};
        }

        Simulation(int window, int otherWindow, int size, int otherSize) {
            windows = new int[] {window, otherWindow};
            ends = new SimulatedEnd[] {new SimulatedEnd(size, window, 1), new SimulatedEnd(otherSize, otherWindow, 2)};
        }

        /** One event; the low bits choose which, the rest how much. */
        void step(int choice) {
            int which = choice & 1;
            int amount = choice >> 5;
            SimulatedEnd end = ends[which];
            switch ((choice >> 1) & 15) {
                case 0, 1, 2 -> end.read(1 + amount);
                case 3, 4, 5 -> send(which, (amount & 7) != 0);
                case 6, 7, 8 -> receive(which, 0, false);
                case 9 -> receive(which, amount % 5, false);
                case 10 -> receive(which, amount % 5, true);
                case 11, 12 -> end.write(1 + amount, now);
                case 13 -> now += amount * 1_000L;
                case 14 -> attach();
                default -> loseThePath(amount);
            }
            for (int i = 0; i < 2; i++) {
                ends[i].assertBoundedAndInOrder(ends[1 - i], windows[1 - i], windows[i]);
            }
        }

        void assertFinishesOverASoundPath() {
            loseThePath(0);
            attach();
            boolean over = false;
            for (int round = 0; round < 200_000 && !over; round++) {
                for (int i = 0; i < 2; i++) {
                    ends[i].read(Integer.MAX_VALUE);
                    send(i, true);
                    receive(i, 0, false);
                    ends[i].write(Integer.MAX_VALUE, now);
                }
                now += 1_000_000;
                over = isOver(0) && isOver(1);
            }
            ends[0].assertFinished(ends[1]);
            ends[1].assertFinished(ends[0]);
        }

        private boolean isOver(int which) {
            return !(ends[which].stream.state() instanceof StreamState.Running);
        }

        private void attach() {
            if (!attached) {
                attached = true;
                ends[0].stream.attached(now);
                ends[1].stream.attached(now);
            }
        }

        /** Everything under way is lost, or some of it comes late. */
        private void loseThePath(int late) {
            attached = false;
            for (int i = 0; i < 2; i++) {
                ends[i].stream.detached(now);
                List<EncodedFrame> underWay = towards.get(i);
                underWay.removeIf(message -> message.type() == FrameType.HELLO);
                underWay.subList(0, Math.max(0, underWay.size() - late % 4)).clear();
            }
        }

        private void send(int which, boolean ready) {
            BetweenEnds frame = ends[which].send(ready, ends[1 - which], now);
            if (frame != null) {
                towards.get(1 - which).add(FrameCodec.encode(frame));
            }
        }

        private void receive(int which, int index, boolean keep) {
            List<EncodedFrame> underWay = towards.get(which);
            if (index < underWay.size()) {
                EncodedFrame message = keep ? underWay.get(index) : underWay.remove(index);
                try {
                    ends[which].stream.received((BetweenEnds) FrameCodec.decode(message), now);
                } catch (InvalidFrameException e) {
                    throw new AssertionError(e);
                }
                assertThat(ends[which].stream.state()).isNotInstanceOf(StreamState.Reset.class);
            }
        }
    }
}
