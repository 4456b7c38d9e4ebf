package io.bascule.runner.sandbox;

/** Signals to a whole job. */
public enum ProcessSignal {
    TERMINATE(15),
    KILL(9);

    private final int number;

    ProcessSignal(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
