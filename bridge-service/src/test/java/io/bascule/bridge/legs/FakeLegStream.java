package io.bascule.bridge.legs;

import io.bascule.tunnel.EncodedFrame;
import java.util.ArrayList;
import java.util.List;

/** A leg's stream as the test wants it. For one thread. */
final class FakeLegStream implements LegStream {

    final List<EncodedFrame> sent = new ArrayList<>();
    boolean ready = true;
    int requested;
    boolean ended;
    Runnable onSend = () -> {};

    @Override
    public boolean isRaw() {
        return false;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void send(Message message) {
        if (!ended) {
            sent.add(message.onHeap());
            onSend.run();
        }
    }

    @Override
    public void request() {
        requested++;
    }

    @Override
    public void end() {
        ended = true;
    }
}
