package io.bascule.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.agent.FakeBridge.AgentLeg;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.proof.Handshake;
import io.bascule.tunnel.client.proof.Introductions;
import io.bascule.tunnel.client.proof.NotProvedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The client ends of tunnels to one target, frame by frame. */
final class ClientEnds {

    static final long WINDOW = 262_144;

    private final TestPlatform platform;
    private final EchoTarget target;
    private final Map<UUID, Introductions> introductions = new HashMap<>();

    ClientEnds(TestPlatform platform, EchoTarget target) {
        this.platform = platform;
        this.target = target;
    }

    /** Lets the agent open a tunnel over that bridge; both ends have said HELLO when this returns. */
    AgentLeg open(FakeBridge bridge, UUID id, long epoch) throws InterruptedException {
        bridge.open(id, epoch, platform.ticket(bridge, id, "127.0.0.1", target.port()));
        AgentLeg leg = bridge.nextLeg();
        Frame.Attach attach = leg.next(Frame.Attach.class);
        assertThat(attach.tunnel()).isEqualTo(id);
        assertThat(attach.end()).isEqualTo(EndRole.AGENT);
        pair(leg, id, bridge, epoch);
        leg.send(new Frame.Hello(0, WINDOW));
        assertThat(leg.next(Frame.Hello.class).rxOffset()).isZero();
        return leg;
    }

    /** Tells the agent that it was paired, and proves to it what the tunnel's client end proves. */
    void pair(AgentLeg leg, UUID id, FakeBridge bridge, long epoch) throws InterruptedException {
        leg.send(new Frame.Attached(AttachStatus.OK, epoch, 0, ""));
        Handshake handshake =
                introductions.computeIfAbsent(id, platform::clientOf).handshake(epoch, bridge.id());
        leg.send(handshake.introduce());
        try {
            leg.send(handshake.answer(leg.next(Frame.Introduce.class)));
            handshake.check(leg.next(Frame.Prove.class));
        } catch (NotProvedException stranger) {
            throw new AssertionError(stranger);
        }
    }

    static Frame.Data data(long offset, String text) {
        return new Frame.Data(offset, 0, WINDOW, Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    static String receive(AgentLeg leg, int length) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            var buffer = leg.next(Frame.Data.class).bytes().toByteBuffer();
            text.append(StandardCharsets.US_ASCII.decode(buffer));
        }
        return text.toString();
    }
}
