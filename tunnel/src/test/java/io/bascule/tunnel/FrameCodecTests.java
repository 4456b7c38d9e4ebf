package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTests {

    private static final UUID TUNNEL = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");

    /** The wire form of each frame; another implementation could be written from this table. */
    static Stream<WireForm> wireForms() {
        return Stream.of(
                new WireForm(
                        new Frame.Attach(1, EndRole.AGENT, TUNNEL, 0xfffffffeL, "t€"),
                        "01 01 01 000102030405060708090a0b0c0d0e0f fffffffe 0004 74e282ac"),
                new WireForm(
                        new Frame.Attached(AttachStatus.BUSY, 2, 1500, "full"),
                        "02 04 00000002 000005dc 0004 66756c6c"),
                new WireForm(new Frame.PeerLost(), "03"),
                new WireForm(new Frame.Migrate(90_000, "b1"), "04 00015f90 0002 6231"),
                new WireForm(new Frame.Resumed(true, 1_000_000), "06 01 000f4240"),
                new WireForm(new Frame.Detach(DetachReason.MOVED), "05 01"),
                new WireForm(new Frame.Hello(5, 0x40005), "10 0000000000000005 0000000000040005 00"),
                new WireForm(new Frame.Hello(5, 6, true), "10 0000000000000005 0000000000000006 01"),
                new WireForm(new Frame.Received(9, 5, 6), "17 0000000000000009 0000000000000005 0000000000000006"),
                new WireForm(
                        new Frame.Data(1, 2, 3, Bytes.wrap((byte) 0xfe, (byte) 0xff)),
                        "11 0000000000000001 0000000000000002 0000000000000003 feff"),
                new WireForm(new Frame.Ack(0, Long.MAX_VALUE), "12 0000000000000000 7fffffffffffffff"),
                new WireForm(new Frame.Fin(9), "13 0000000000000009"),
                new WireForm(new Frame.Reset(ResetCode.TARGET_REFUSED, "no"), "14 03 0002 6e6f"),
                new WireForm(new Frame.Ping(-1), "15 ffffffffffffffff"),
                new WireForm(new Frame.Pong(1), "16 0000000000000001"),
                new WireForm(
                        new Frame.Introduce(thirtyTwo(1), thirtyTwo(2), Bytes.wrap((byte) 3), Bytes.wrap((byte) 4)),
                        "18 " + "01".repeat(32) + "02".repeat(32) + " 0001 03 0001 04"),
                new WireForm(new Frame.Prove(thirtyTwo(5)), "19 " + "05".repeat(32)));
    }

    private static Bytes thirtyTwo(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }

    static Stream<WireForm> wireFormsOfFixedLength() {
        return wireForms().filter(form -> form.shortest() == form.bytes().length);
    }

    @ParameterizedTest
    @MethodSource("wireForms")
    void eachFrameHasTheWireFormThatTheProtocolStates(WireForm form) throws Exception {
        assertThat(hex(FrameCodec.encode(form.frame()))).isEqualTo(form.hex().replace(" ", ""));
        assertThat(decode(form.bytes())).isEqualTo(form.frame());
    }

    @ParameterizedTest
    @MethodSource("wireForms")
    void everyFrameThatIsCutShortIsRefused(WireForm form) {
        for (int length = 0; length < form.shortest(); length++) {
            byte[] cut = Arrays.copyOf(form.bytes(), length);
            assertThatThrownBy(() -> decode(cut)).isInstanceOf(InvalidFrameException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("wireFormsOfFixedLength")
    void bytesLeftOverAreRefused(WireForm form) {
        byte[] longer = Arrays.copyOf(form.bytes(), form.bytes().length + 1);

        assertThatThrownBy(() -> decode(longer))
                .isInstanceOf(InvalidFrameException.class)
                .hasMessageContaining("left over");
    }

    @Test
    void unknownTypesStatusesAndEndsAreRefused() {
        assertThatThrownBy(() -> decode(0x0f)).hasMessageContaining("unknown frame type 0x0f");
        assertThatThrownBy(() -> decode(0x02, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).hasMessageContaining("status: 5");
        assertThatThrownBy(() -> decode("01 01 02 000102030405060708090a0b0c0d0e0f 00000001 0000"))
                .hasMessageContaining("end: 2");
    }

    @Test
    void resetCodesThatAreNotKnownAreKept() throws Exception {
        assertThat(decode(0x14, 0xc8, 0, 0)).isEqualTo(new Frame.Reset(new ResetCode(200), ""));
    }

    @Test
    void offsetsBeyondTheSignedRangeAndLimitsBelowTheirOffsetAreRefused() {
        assertThatThrownBy(() -> decode("13 8000000000000000"))
                .isInstanceOf(InvalidFrameException.class)
                .hasMessageContaining("finalOffset: 9223372036854775808");
        assertThatThrownBy(() -> decode("12 0000000000000002 0000000000000001"))
                .isInstanceOf(InvalidFrameException.class)
                .hasMessageContaining("rxLimit: 1");
    }

    @Test
    void aMessageLongerThanAnyFrameIsRefused() {
        assertThatThrownBy(() -> decode(new byte[Frame.MAX_LENGTH + 1]))
                .isInstanceOf(InvalidFrameException.class)
                .hasMessageContaining("at most 65568");
    }

    @Test
    void aLongExplanationIsCutBetweenCharactersAndALongTicketRefused() throws Exception {
        String text = "x" + "€".repeat(FrameCodec.MAX_TEXT);

        Frame.Reset reset = (Frame.Reset) decode(bytes(FrameCodec.encode(new Frame.Reset(ResetCode.CLOSED, text))));

        assertThat(text).startsWith(reset.text());
        assertThat(reset.text()).hasSizeGreaterThan(FrameCodec.MAX_TEXT / 3 - 2);
        assertThatThrownBy(() -> FrameCodec.encode(new Frame.Attach(1, EndRole.CLIENT, TUNNEL, 1, text)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTicketIsNotPartOfAFramesText() {
        assertThat(new Frame.Attach(1, EndRole.CLIENT, TUNNEL, 1, "secret").toString())
                .doesNotContain("secret");
    }

    @Property(tries = 2000)
    void garbageDecodesToAFrameOrIsRefused(@ForAll("mostlyFrames") byte[] garbage) throws Exception {
        try {
            Frame frame = decode(garbage);
            assertThat(decode(bytes(FrameCodec.encode(frame)))).isEqualTo(frame);
        } catch (InvalidFrameException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    @Property(tries = 200)
    void dataOfAnySizeComesBackEqual(@ForAll("payloads") byte[] payload, @ForAll long seed) throws Exception {
        long offset = seed & Long.MAX_VALUE;
        Frame.Data data = new Frame.Data(offset, offset / 2, offset, Bytes.wrap(payload));

        assertThat(decode(bytes(FrameCodec.encode(data)))).isEqualTo(data);
    }

    @Provide
    Arbitrary<byte[]> mostlyFrames() {
        Arbitrary<Byte> type =
                Arbitraries.oneOf(Arbitraries.bytes().between((byte) 0, (byte) 0x1a), Arbitraries.bytes());
        Arbitrary<byte[]> rest = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Combinators.combine(type, rest).as((first, others) -> {
            byte[] all = new byte[others.length + 1];
            all[0] = first;
            System.arraycopy(others, 0, all, 1, others.length);
            return all;
        });
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(3000);
    }

    private static Frame decode(String hex) throws InvalidFrameException {
        return decode(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static Frame decode(int... bytes) throws InvalidFrameException {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        return decode(message);
    }

    private static Frame decode(byte[] message) throws InvalidFrameException {
        return FrameCodec.decode(EncodedFrame.received(message));
    }

    private static byte[] bytes(EncodedFrame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame.writeTo(out);
        assertThat(out.size()).isEqualTo(frame.length());
        return out.toByteArray();
    }

    private static String hex(EncodedFrame frame) throws IOException {
        return HexFormat.of().formatHex(bytes(frame));
    }

    record WireForm(Frame frame, String hex) {
        /** How many bytes such a frame has at least. */
        int shortest() {
            return switch (frame) {
                case Frame.Migrate _ -> 1;
                case Frame.Data _ -> 26;
                default -> bytes().length;
            };
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(hex.replace(" ", ""));
        }
    }
}
