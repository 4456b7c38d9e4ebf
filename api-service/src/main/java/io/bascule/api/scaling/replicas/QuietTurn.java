package io.bascule.api.scaling.replicas;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a timer does each time, whose failure ends only this turn; the timer itself would never again do what once threw. Says so
 * once an outage. For one thread at a time.
 */
final class QuietTurn implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(QuietTurn.class);

    private final String what;
    private final Runnable action;
    private boolean told;

    /** @param what in the log, such as "a step of scaling" */
    QuietTurn(String what, Runnable action) {
        this.what = what;
        this.action = action;
    }

    @Override
    public void run() {
        try {
            action.run();
            told = false;
        } catch (RuntimeException failure) {
            tell(failure);
        } catch (Error failure) {
            // Of memory, of a class: if the process can go on, so shall its turns.
            tell(failure);
        }
    }

    private void tell(Throwable failure) {
        if (told || Thread.currentThread().isInterrupted()) {
            log.debug("{} failed", what, failure);
        } else {
            log.warn("{} failed (said once until it works again): {}", what, failure.toString());
            told = true;
        }
    }
}
