package io.bascule.bridge.control;

import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.pairing.Occurrence;
import io.bascule.bridge.peers.Peer;
import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.protocol.tunnel.v1.AgentMessage;
import io.bascule.protocol.tunnel.v1.OpenRefused;
import io.bascule.tunnel.ResetCode;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one agent instance says. Called by one thread at a time, which must not block. */
final class AgentListener implements StreamObserver<AgentMessage> {

    private static final int UUID_BYTES = 16;
    private static final int MAX_TEXT = 1_000;

    private final Peer peer;
    private final AgentStream stream;
    private final Welcoming welcoming;
    private final Agents agents;
    private final Tunnels tunnels;
    private @Nullable AgentSession session;

    AgentListener(Peer peer, AgentStream stream, Welcoming welcoming, Agents agents, Tunnels tunnels) {
        this.peer = peer;
        this.stream = stream;
        this.welcoming = welcoming;
        this.agents = agents;
        this.tunnels = tunnels;
    }

    @Override
    public void onNext(AgentMessage message) {
        switch (message.getMessageCase()) {
            case HELLO -> hello(message.getHello());
            case OPEN_REFUSED -> refused(message.getOpenRefused());
            case PONG -> stream.answered(message.getPong().getSequence());
            // A newer agent may say more than this bridge understands.
            case MESSAGE_NOT_SET -> {}
        }
    }

    @Override
    public void onError(Throwable failure) {
        left();
    }

    @Override
    public void onCompleted() {
        stream.end(Status.OK);
        left();
    }

    /** The stream is over; may be called more than once. */
    void left() {
        AgentSession ended = session;
        session = null;
        if (ended != null) {
            agents.remove(ended);
        }
    }

    private void hello(AgentHello hello) {
        if (session != null) {
            stream.end(Status.FAILED_PRECONDITION.withDescription("hello: said twice"));
            return;
        }
        session = welcoming.welcome(peer, hello, stream).orElse(null);
    }

    private void refused(OpenRefused refusal) {
        if (session == null || refusal.getTunnel().size() != UUID_BYTES) {
            stream.end(Status.FAILED_PRECONDITION.withDescription(
                    "open_refused: expected after hello, with a tunnel id of 16 bytes"));
            return;
        }
        ByteBuffer id = refusal.getTunnel().asReadOnlyByteBuffer();
        String text = refusal.getText();
        tunnels.refusedByAgent(
                peer.id(),
                new UUID(id.getLong(), id.getLong()),
                new Occurrence.AgentRefusing(
                        Integer.toUnsignedLong(refusal.getEpoch()),
                        new ResetCode(Math.clamp(Integer.toUnsignedLong(refusal.getCode()), 0, 0xff)),
                        text.substring(0, Math.min(MAX_TEXT, text.length()))));
    }
}
