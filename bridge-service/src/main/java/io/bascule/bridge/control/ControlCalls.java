package io.bascule.bridge.control;

import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.peers.Peer;
import io.bascule.protocol.tunnel.v1.AgentMessage;
import io.bascule.protocol.tunnel.v1.BridgeControlGrpc;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The gRPC service of control streams: lets agents in and hands what they say to a listener each. */
public final class ControlCalls extends BridgeControlGrpc.BridgeControlImplBase {

    private final OpenStreams openStreams;
    private final Welcoming welcoming;
    private final Agents agents;
    private final Tunnels tunnels;

    ControlCalls(OpenStreams openStreams, Welcoming welcoming, Agents agents, Tunnels tunnels) {
        this.openStreams = openStreams;
        this.welcoming = welcoming;
        this.agents = agents;
        this.tunnels = tunnels;
    }

    @Override
    public StreamObserver<AgentMessage> control(StreamObserver<BridgeMessage> responses) {
        var messages = (ServerCallStreamObserver<BridgeMessage>) responses;
        Peer peer = Peer.current();
        AgentStream stream = new AgentStream(messages);
        AgentListener listener = new AgentListener(peer, stream, welcoming, agents, tunnels);
        messages.setOnCancelHandler(() -> {
            openStreams.remove(stream);
            listener.left();
        });
        messages.setOnCloseHandler(() -> {
            openStreams.remove(stream);
            listener.left();
        });
        if (peer.kind() != Peer.Kind.AGENT) {
            stream.end(Status.PERMISSION_DENIED.withDescription("certificate: only agents have a control stream"));
        } else if (!openStreams.add(stream)) {
            stream.end(Status.RESOURCE_EXHAUSTED.withDescription("too many agents; try another bridge"));
        }
        return listener;
    }
}
