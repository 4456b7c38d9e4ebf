package io.bascule.tasks.signal;

import java.util.concurrent.BlockingQueue;

class LocalTaskSignalsTests extends TaskSignalsContract {

    private final LocalTaskSignals signals = new LocalTaskSignals();

    @Override
    TaskSignals sender() {
        return signals;
    }

    @Override
    TaskSignals receiver() {
        return signals;
    }

    @Override
    void awaitListening(BlockingQueue<String> heard) {}

    @Override
    void awaitAsking(Hints hints, int workers) {}
}
