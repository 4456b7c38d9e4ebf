package io.bascule.tasks.signal;

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
}
