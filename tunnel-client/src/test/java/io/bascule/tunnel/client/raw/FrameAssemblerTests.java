package io.bascule.tunnel.client.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameAssemblerTests {

    private final FrameAssembler assembler = new FrameAssembler();
    private final List<ByteBuf> received = new ArrayList<>();

    @Test
    void framesArriveAsTheyWereHoweverTheirBytesAreCutAndNoBufferIsKept() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<Frame> sent = frames(random);
            byte[] wire = wire(sent);

            List<Frame> arrived = new ArrayList<>();
            for (int from = 0; from < wire.length; ) {
                int count = Math.min(wire.length - from, 1 + random.nextInt(1 << random.nextInt(1, 18)));
                for (Arrival arrival : take(Arrays.copyOfRange(wire, from, from + count))) {
                    arrived.add(FrameCodec.decode(((RawFrame) arrival).take()));
                }
                from += count;
            }

            assertThat(arrived).isEqualTo(sent);
            assertThat(assembler.held()).isZero();
            assertThat(received).allMatch(buffer -> buffer.refCnt() == 0);
        }
    }

    @Test
    void aFrameIsPassedOnWithItsLengthAsItCame() throws Exception {
        byte[] wire = wire(List.of(new Frame.Data(1, 2, 3, Bytes.wrap(new byte[5000]))));

        RawFrame frame = (RawFrame) take(wire).getFirst();

        assertThat(frame.type()).isEqualTo(0x11);
        assertThat(frame.length()).isEqualTo(wire.length - 4);
        assertThat(Unpooled.wrappedBuffer(frame.parts().toArray(ByteBuf[]::new)))
                .isEqualTo(Unpooled.wrappedBuffer(wire));
        frame.release();
        assertThat(received).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void marksStandInTheirPlaceAlsoWhenTheyAreCut() throws Exception {
        byte[] ping = wire(List.of(new Frame.Ping(1)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {-1, -1, -1, -1});
        all.writeBytes(ping);
        all.writeBytes(new byte[4]);

        List<Arrival> arrived = new ArrayList<>();
        for (byte each : all.toByteArray()) {
            arrived.addAll(take(each));
        }

        assertThat(arrived).hasSize(3).startsWith(Mark.ALIVE).endsWith(Mark.END);
        assertThat(FrameCodec.decode(((RawFrame) arrived.get(1)).take())).isEqualTo(new Frame.Ping(1));
    }

    @Test
    void aLengthThatNoFrameHasIsNamed() {
        assertThatThrownBy(() -> take((byte) 0, (byte) 1, (byte) 0, (byte) 33))
                .isInstanceOf(InvalidFrameException.class)
                .hasMessage("frame of 65569 bytes (expected: at most 65568)");
        assertThatThrownBy(() -> new FrameAssembler().next(Unpooled.copyInt(-2)))
                .isInstanceOf(InvalidFrameException.class)
                .hasMessage("frame of 4294967294 bytes (expected: at most 65568)");
    }

    @Test
    void whatIsHeldOfHalfAFrameIsCountedAndGivenBack() throws Exception {
        byte[] wire = wire(List.of(new Frame.Data(1, 2, 3, Bytes.wrap(new byte[5000]))));

        assertThat(take(Arrays.copyOf(wire, 3000))).isEmpty();
        assertThat(assembler.held()).isEqualTo(3000);
        assembler.release();

        assertThat(assembler.held()).isZero();
        assertThat(received).allMatch(buffer -> buffer.refCnt() == 0);
    }

    private List<Arrival> take(byte... bytes) throws InvalidFrameException {
        ByteBuf in = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        received.add(in);
        List<Arrival> arrived = new ArrayList<>();
        try {
            for (Arrival next = assembler.next(in); next != null; next = assembler.next(in)) {
                arrived.add(next);
            }
        } finally {
            in.release();
        }
        return arrived;
    }

    private static List<Frame> frames(Random random) {
        List<Frame> frames = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            byte[] bytes = new byte[random.nextInt(1, 1 + (1 << random.nextInt(1, 17)))];
            random.nextBytes(bytes);
            frames.add(new Frame.Data(i, 2, 3, Bytes.wrap(bytes)));
            frames.add(new Frame.Ack(i, 9));
        }
        return frames;
    }

    private static byte[] wire(List<Frame> frames) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(wire);
        for (Frame frame : frames) {
            out.writeInt(FrameCodec.encode(frame).length());
            FrameCodec.encode(frame).writeTo(out);
        }
        return wire.toByteArray();
    }
}
