package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import java.time.Duration;

/** Hears what a worker does, for metrics. Called on threads of the worker; must return quickly. */
public interface WorkerListener {

    /** Hears nothing. */
    WorkerListener NONE = new WorkerListener() {
        @Override
        public void started(ClaimedTask task, Duration waited) {}

        @Override
        public void ended(ClaimedTask task, String outcome, Duration ran) {}
    };

    /** @param waited since the task could have run, by the database's clock */
    void started(ClaimedTask task, Duration waited);

    /** @param outcome the state it went to, or {@code lost} */
    void ended(ClaimedTask task, String outcome, Duration ran);
}
