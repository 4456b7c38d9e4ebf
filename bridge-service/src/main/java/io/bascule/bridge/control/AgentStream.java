package io.bascule.bridge.control;

import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Ping;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bridge's side of one control stream. Messages are few, and an agent that does not read them loses its stream, so
 * what waits to be sent is bounded. Safe for use by many threads.
 */
final class AgentStream {

    private static final int MAX_MISSED = 2;

    /** Some two thousand calls for ends: a location that everybody opens tunnels to at once is not one that does not read. */
    private static final int MOST_WAITING_BYTES = 1 << 20;

    private final ServerCallStreamObserver<BridgeMessage> messages;
    private final ReentrantLock lock = new ReentrantLock();
    private long sequence;
    private int unanswered;
    private boolean ended;

    AgentStream(ServerCallStreamObserver<BridgeMessage> messages) {
        this.messages = messages;
        messages.setOnReadyThreshold(MOST_WAITING_BYTES);
    }

    /** Says whether the message was sent; one that finds the agent not reading is not. */
    boolean send(BridgeMessage message) {
        lock.lock();
        try {
            if (ended || messages.isCancelled() || !messages.isReady()) {
                return false;
            }
            messages.onNext(message);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Sends a ping, or ends the stream if the last ones were not answered. */
    void ping() {
        lock.lock();
        try {
            if (unanswered >= MAX_MISSED) {
                end(Status.UNAVAILABLE.withDescription(unanswered + " pings were not answered"));
                return;
            }
            unanswered++;
            sequence++;
            send(BridgeMessage.newBuilder()
                    .setPing(Ping.newBuilder().setSequence(sequence))
                    .build());
        } finally {
            lock.unlock();
        }
    }

    /** The agent answered a ping. */
    void answered(long answer) {
        lock.lock();
        try {
            if (answer == sequence) {
                unanswered = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    int unanswered() {
        lock.lock();
        try {
            return unanswered;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream; later calls are without effect. */
    void end(Status status) {
        lock.lock();
        try {
            if (!ended && !messages.isCancelled()) {
                ended = true;
                if (status.isOk()) {
                    messages.onCompleted();
                } else {
                    messages.onError(status.asRuntimeException());
                }
            }
            ended = true;
        } finally {
            lock.unlock();
        }
    }
}
