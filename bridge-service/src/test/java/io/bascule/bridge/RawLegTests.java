package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.RawWire;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.LegKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about raw legs; what both kinds have in common is tested with both in the other classes. */
class RawLegTests extends PeersAtABridge {

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        startBridge(directory, "bascule.bridge.hold=1s");
    }

    @Test
    void aLengthThatNoFrameHasIsResetInWordsAndCounted() throws Exception {
        for (int length : new int[] {Frame.MAX_LENGTH + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -2}) {
            double before = refused("protocol_error");
            RawWire wire = wire(client);
            TestLeg leg = keep(new TestLeg(wire));

            wire.write(ByteBuffer.allocate(4).putInt(length).array());

            Frame.Reset reset = leg.next(Frame.Reset.class);
            assertThat(reset.code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
            assertThat(reset.text()).contains("frame of " + Integer.toUnsignedLong(length) + " bytes");
            assertThat(leg.awaitEnd().isOk()).isTrue();
            Eventually.until("counted", () -> refused("protocol_error") == before + 1);
        }
    }

    @Test
    void whatFollowsALengthThatNoFrameHasIsTakenSoThatTheAnswerArrives() throws Exception {
        RawWire wire = wire(client);
        TestLeg leg = keep(new TestLeg(wire));

        wire.write(ByteBuffer.allocate(300_000).putInt(70_000).array());
        assertThat(leg.next(Frame.Reset.class).code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
        assertThat(leg.awaitEnd().isOk()).isTrue();
        wire.write(new byte[300_000]);

        Eventually.until("all has been taken", wire::isReady);
    }

    @Test
    void aLengthThatNoFrameHasEndsTheTunnelForBothInWords() throws Exception {
        Pair pair = open();

        wire(pair).write(ByteBuffer.allocate(5).putInt(70_000).array());

        assertThat(pair.client().next(Frame.Reset.class).code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
        assertThat(pair.agent().next(Frame.Reset.class).code()).isEqualTo(ResetCode.PROTOCOL_ERROR);
        assertThat(pair.agent().awaitEnd().isOk()).isTrue();
    }

    @Test
    void whoLeavesBeforeAttachIsCounted() throws Exception {
        double before = refused("left");

        TestLeg inOrder = keep(new TestLeg(wire(client)));
        inOrder.finish();
        assertThat(inOrder.awaitEnd().isOk()).isTrue();
        RawWire cut = wire(client);
        TestLeg half = keep(new TestLeg(cut));
        cut.write(ByteBuffer.allocate(40_000).putInt(60_000).array());
        Eventually.until("it has come", () -> bridge.metric(HELD) > 0);
        half.kill();

        Eventually.until("both are counted", () -> refused("left") == before + 2);
    }

    @Test
    void aConnectionThatAsksForAnotherProtocolIsEndedAndCounted() throws Exception {
        double before = refused("wrong_protocol");

        TestLeg leg = keep(new TestLeg(RawWire.to(bridge.port(), client, "bascule-leg/0", "http/1.1")));

        assertThat(leg.awaitEnd().isOk()).isFalse();
        Eventually.until("counted", () -> refused("wrong_protocol") == before + 1);
    }

    @Test
    void aFrameThatIsCutAnywhereArrivesWhole() throws Exception {
        Pair pair = open();
        for (int i = 0; i < 3; i++) {
            Frame.Data data = data(i * 10_000L, 10_000);
            ByteBuffer message = ByteBuffer.allocate(4 + 25 + 10_000);
            message.putInt(25 + 10_000)
                    .put((byte) 0x11)
                    .putLong(data.offset())
                    .putLong(0)
                    .putLong(0);
            message.put(data.bytes().toByteBuffer());
            byte[] bytes = message.array();
            int[] cuts = {0, 1, 3, 4, 5, 29, 5_000, bytes.length};
            for (int cut = 1; cut < cuts.length; cut++) {
                wire(pair).write(Arrays.copyOfRange(bytes, cuts[cut - 1], cuts[cut]));
            }

            assertThat(pair.agent().next()).isEqualTo(data);
        }
    }

    @Test
    void aSignOfLifeIsNoFrameAndIsNotPassedOn() throws Exception {
        Pair pair = open();

        wire(pair).write(ByteBuffer.allocate(4).putInt(-1).array());
        pair.client().send(new Frame.Ping(1));

        assertThat(pair.agent().next()).isEqualTo(new Frame.Ping(1));
    }

    @Test
    void aFrameOfWhichHalfHasComeIsHeldAndGivenUpWithItsLeg() throws Exception {
        Pair pair = open();

        wire(pair)
                .write(ByteBuffer.allocate(40_000)
                        .putInt(60_000)
                        .put((byte) 0x11)
                        .array());
        Eventually.until("it is held", () -> bridge.metric(HELD) >= 39_000);
        pair.client().kill();

        pair.agent().next(Frame.PeerLost.class);
        Eventually.until("it is not", () -> bridge.metric(HELD) == 0);
        pair.agent().kill();
    }

    @Test
    void aRawLegAndAGrpcLegMakeAPair() throws Exception {
        for (LegKind one : new LegKind[] {LegKind.RAW, LegKind.GRPC}) {
            LegKind other = one == LegKind.RAW ? LegKind.GRPC : LegKind.RAW;
            Pair pair = open(one, other, UUID.randomUUID());

            pair.client().send(data(0, 65_536)).send(new Frame.Ping(1));
            pair.agent().send(data(5, 65_536)).send(new Frame.Reset(ResetCode.TARGET_RESET, "gone"));

            assertThat(pair.agent().next()).isEqualTo(data(0, 65_536));
            assertThat(pair.agent().next()).isEqualTo(new Frame.Ping(1));
            assertThat(pair.client().next()).isEqualTo(data(5, 65_536));
            assertThat(pair.client().next()).isEqualTo(new Frame.Reset(ResetCode.TARGET_RESET, "gone"));
            pair.client().kill();
            pair.agent().next(Frame.PeerLost.class);
            pair.agent().kill();
        }
    }

    /** A tunnel whose two legs are raw. */
    private Pair open() throws InterruptedException {
        return open(LegKind.RAW, LegKind.RAW, tunnel);
    }

    private static RawWire wire(Pair pair) {
        return (RawWire) pair.wire();
    }

    private static RawWire wire(Identity identity) throws Exception {
        return RawWire.to(bridge.port(), identity);
    }
}
