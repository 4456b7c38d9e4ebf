package io.bascule.bridge.control;

import io.bascule.bridge.peers.Peer;
import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Welcome;
import io.grpc.Status;
import java.util.Optional;

/** Answers an agent's hello. */
final class Welcoming {

    private static final int PROTOCOL_VERSION = 1;
    private static final int MAX_TEXT = 100;

    private final String bridge;
    private final Agents agents;
    private final BridgeDirectory directory;

    Welcoming(String bridge, Agents agents, BridgeDirectory directory) {
        this.bridge = bridge;
        this.agents = agents;
        this.directory = directory;
    }

    /** The session that the hello began; empty if the hello breaks a rule, which has then ended the stream. */
    Optional<AgentSession> welcome(Peer peer, AgentHello hello, AgentStream stream) {
        if (hello.getProtocolVersion() < PROTOCOL_VERSION) {
            return refuse(stream, "protocol_version: " + hello.getProtocolVersion() + " (expected: >= 1)");
        }
        if (hello.getInstance().isBlank() || hello.getInstance().length() > MAX_TEXT) {
            return refuse(stream, "instance: expected 1 to " + MAX_TEXT + " characters");
        }
        if (hello.getVersion().length() > MAX_TEXT) {
            return refuse(stream, "version: expected at most " + MAX_TEXT + " characters");
        }
        stream.send(BridgeMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setBridge(bridge).setProtocolVersion(PROTOCOL_VERSION))
                .build());
        AgentSession session =
                new AgentSession(new AgentInstance(peer.id(), hello.getInstance()), hello.getVersion(), stream);
        agents.add(session);
        stream.send(directory.message());
        return Optional.of(session);
    }

    private static Optional<AgentSession> refuse(AgentStream stream, String reason) {
        stream.end(Status.FAILED_PRECONDITION.withDescription(reason));
        return Optional.empty();
    }
}
