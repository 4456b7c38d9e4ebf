package io.bascule.bridge.legs;

import java.util.concurrent.atomic.LongAdder;

/** Bytes of tunnels that came from each end, headers not counted; of one tunnel or of all. */
final class Traffic {

    private final LongAdder fromClient = new LongAdder();
    private final LongAdder fromAgent = new LongAdder();

    void addFromClient(long bytes) {
        fromClient.add(bytes);
    }

    void addFromAgent(long bytes) {
        fromAgent.add(bytes);
    }

    long fromClient() {
        return fromClient.sum();
    }

    long fromAgent() {
        return fromAgent.sum();
    }
}
