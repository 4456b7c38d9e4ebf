package io.bascule.bridge.legs;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things of which none that fails may keep the others from being done; the first failure is told in the end, the others in the log. For one thread. */
final class EachAlone {

    private static final Logger LOG = LoggerFactory.getLogger(EachAlone.class);

    private @Nullable Throwable failure;

    void attempt(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException | Error failed) {
            if (failure == null) {
                failure = failed;
            } else {
                LOG.warn("one more of those that are done together did not work", failed);
            }
        }
    }

    /** Throws what the first one threw that failed, an exception or an error, if any did. */
    void tell() {
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
    }
}
