package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IncomingTests {

    private static final int WINDOW = 200;
    private static final int PACK_A_STRETCH = 256;

    @Property(tries = 2000)
    void stretchesThatOverlapInAnyWayGiveEachByteOnce(
            @ForAll @Size(max = 60) List<@IntRange(max = WINDOW * 40 - 1) Integer> stretches) throws ProtocolViolation {
        byte[] source = new byte[WINDOW];
        new Random(1).nextBytes(source);
        Incoming incoming = new Incoming(new ReceiveWindow(WINDOW, WINDOW, WindowPool.NONE));
        incoming.stateLimit();
        BitSet arrived = new BitSet();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        for (int stretch : stretches) {
            int from = stretch / 40;
            int to = Math.min(WINDOW, from + 1 + stretch % 40);
            incoming.add(from, Bytes.wrap(source, from, to - from));
            arrived.set(from, to);
            if (stretch % 3 == 0) {
                incoming.takeInOrder().forEach(bytes -> out.writeBytes(bytes.toByteArray()));
            }
            assertThat(incoming.footprint()).isLessThanOrEqualTo(2 * WINDOW + 512 + PACK_A_STRETCH * stretches.size());
        }
        incoming.takeInOrder().forEach(bytes -> out.writeBytes(bytes.toByteArray()));

        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(source, arrived.nextClearBit(0)));
    }
}
