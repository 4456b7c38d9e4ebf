package io.bascule.bridge.legs;

import org.jspecify.annotations.Nullable;

/** Does things of which none that fails may keep the others from being done; the first failure is told in the end. For one thread. */
final class EachAlone {

    private @Nullable RuntimeException failure;

    void attempt(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException failed) {
            if (failure == null) {
                failure = failed;
            }
        }
    }

    /** @throws RuntimeException what the first one threw that failed, if any did */
    void tell() {
        if (failure != null) {
            throw failure;
        }
    }
}
