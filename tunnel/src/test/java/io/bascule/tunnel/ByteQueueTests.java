package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ByteQueueTests {

    private final ByteQueue queue = new ByteQueue();

    @Test
    void largePiecesAreHeldWithoutCopying() {
        byte[] large = new byte[65_536];
        queue.add(Bytes.wrap(large));
        large[7] = 42;

        assertThat(queue.takePiece(65_536).at(7)).isEqualTo(42);
    }

    @Test
    void aMillionSingleBytesTakeLittleMoreMemoryThanTheirNumber() {
        for (int i = 0; i < 1_000_000; i++) {
            queue.add(Bytes.wrap((byte) i));
        }

        assertThat(queue.length()).isEqualTo(1_000_000);
        assertThat(queue.footprint()).isLessThan(2_100_000);
        assertThat(queue.takeAll()).hasSizeLessThan(200);
    }

    @Test
    void aSmallPartOfALargeArrayDoesNotKeepTheArray() {
        queue.add(Bytes.wrap(new byte[65_536], 0, 2000));

        assertThat(queue.footprint()).isLessThanOrEqualTo(4000);
    }

    @Property(tries = 300)
    void bytesComeOutInTheOrderTheyWentIn(@ForAll @Size(max = 40) List<@IntRange(min = 1, max = 3000) Integer> sizes) {
        Random random = new Random(sizes.hashCode());
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int size : sizes) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            in.writeBytes(bytes);
            queue.add(Bytes.wrap(bytes));
            if (random.nextBoolean()) {
                out.writeBytes(queue.takePiece(1 + random.nextInt(2000)).toByteArray());
            }
        }
        ByteQueue front = new ByteQueue();
        while (!queue.isEmpty() && random.nextBoolean()) {
            front.add(queue.takePiece(700));
        }
        queue.prepend(front);
        queue.takeAll().forEach(bytes -> out.writeBytes(bytes.toByteArray()));

        assertThat(out.toByteArray()).isEqualTo(in.toByteArray());
        assertThat(queue.length()).isZero();
    }
}
