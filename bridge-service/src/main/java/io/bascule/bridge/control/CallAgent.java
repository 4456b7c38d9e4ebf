package io.bascule.bridge.control;

import com.google.protobuf.ByteString;
import io.bascule.bridge.legs.AgentCaller;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Open;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Asks an agent for its end over a control stream. */
final class CallAgent implements AgentCaller {

    private final Agents agents;

    CallAgent(Agents agents) {
        this.agents = agents;
    }

    @Override
    public boolean call(UUID agent, Call call) {
        return agents.sendToOne(agent, message(call));
    }

    @Override
    public int callAll(UUID agent, Call call) {
        return agents.sendToAll(agent, message(call));
    }

    private static BridgeMessage message(Call call) {
        return BridgeMessage.newBuilder()
                .setOpen(Open.newBuilder()
                        .setTunnel(bytes(call.tunnel()))
                        .setEpoch((int) call.epoch())
                        .setTicket(call.ticket())
                        .setRaw(call.raw()))
                .build();
    }

    static ByteString bytes(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }
}
