package io.bascule.bridge.legs;

import io.bascule.bridge.peers.Peer;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.client.LegMethod;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;

/** The gRPC service of legs. */
public final class LegCalls implements ServerCallHandler<EncodedFrame, EncodedFrame> {

    private final AttachLeg attachLeg;
    private final OpenLegs openLegs;
    private final Faults faults;

    LegCalls(AttachLeg attachLeg, OpenLegs openLegs, Faults faults) {
        this.attachLeg = attachLeg;
        this.openLegs = openLegs;
        this.faults = faults;
    }

    /** To be bound with a {@code PeerInterceptor} and called on threads that must not block. */
    public ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(LegMethod.SERVICE)
                .addMethod(LegMethod.descriptor(), this)
                .build();
    }

    @Override
    public ServerCall.Listener<EncodedFrame> startCall(ServerCall<EncodedFrame, EncodedFrame> call, Metadata headers) {
        Leg leg = new Leg(openLegs.newId(), new GrpcLegStream(call));
        if (!openLegs.add(leg)) {
            call.close(Status.RESOURCE_EXHAUSTED.withDescription("too many legs; try another bridge"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        call.request(1);
        return new GrpcLegListener(new LegListener(leg, Peer.current(), attachLeg, openLegs, faults));
    }
}
