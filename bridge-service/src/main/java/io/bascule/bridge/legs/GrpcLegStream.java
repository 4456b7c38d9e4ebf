package io.bascule.bridge.legs;

import io.bascule.tunnel.EncodedFrame;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.locks.ReentrantLock;

/** A leg over gRPC. A call must not be written to by two threads at once, nor after its end: a lock sees to both. */
final class GrpcLegStream implements LegStream {

    private final ServerCall<EncodedFrame, EncodedFrame> call;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean begun;
    private boolean ended;

    GrpcLegStream(ServerCall<EncodedFrame, EncodedFrame> call) {
        this.call = call;
    }

    @Override
    public boolean isRaw() {
        return false;
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void send(Message message) {
        EncodedFrame frame = message.onHeap();
        writing.lock();
        try {
            if (!ended && !call.isCancelled()) {
                begin();
                call.sendMessage(frame);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Headers go with the first frame: alone they would be a record of TLS of their own and wake the end for nothing. */
    private void begin() {
        if (!begun) {
            begun = true;
            call.sendHeaders(new Metadata());
        }
    }

    @Override
    public void request() {
        call.request(1);
    }

    @Override
    public void end() {
        writing.lock();
        try {
            if (!ended && !call.isCancelled()) {
                call.close(Status.OK, new Metadata());
            }
            ended = true;
        } finally {
            writing.unlock();
        }
    }
}
