package io.bascule.bridge.legs;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things of which none that fails may keep the others from being done; the first failure is told in the end, the others in the log. For one thread. */
final class EachAlone {

    private static final Logger LOG = LoggerFactory.getLogger(EachAlone.class);

    private @Nullable RuntimeException failure;

    void attempt(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException failed) {
            if (failure == null) {
                failure = failed;
            } else {
                LOG.warn("one more of those that are done together did not work", failed);
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
