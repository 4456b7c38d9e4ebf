package io.bascule.bridge.control;

import io.bascule.bridge.peers.Peer;
import io.bascule.bridge.revocations.Revocation;
import io.bascule.bridge.revocations.RevocationList;
import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Welcome;
import io.grpc.Status;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers an agent's hello. */
final class Welcoming {

    private static final int PROTOCOL_VERSION = 1;

    /** What the API takes in a report: one agent's odd name must not spoil the reports of a bridge. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._+-]{1,100}");

    private final String bridge;
    private final RevocationList revocations;
    private final Agents agents;
    private final BridgeDirectory directory;

    Welcoming(String bridge, RevocationList revocations, Agents agents, BridgeDirectory directory) {
        this.revocations = revocations;
        this.bridge = bridge;
        this.agents = agents;
        this.directory = directory;
    }

    /** The session that the hello began; empty if the hello breaks a rule, which has then ended the stream. */
    Optional<AgentSession> welcome(Peer peer, AgentHello hello, AgentStream stream) {
        if (hello.getProtocolVersion() < PROTOCOL_VERSION) {
            return refuse(stream, "protocol_version: " + hello.getProtocolVersion() + " (expected: >= 1)");
        }
        if (!WORD.matcher(hello.getInstance()).matches()) {
            return refuse(stream, "instance: expected 1 to 100 letters, digits and . _ + -");
        }
        if (!WORD.matcher(hello.getVersion()).matches()) {
            return refuse(stream, "version: expected 1 to 100 letters, digits and . _ + -");
        }
        Optional<Revocation> revoked = revocations.findAgent(peer.id());
        if (revoked.isPresent()) {
            stream.end(Status.PERMISSION_DENIED.withDescription(revoked.get().reason()));
            return Optional.empty();
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
