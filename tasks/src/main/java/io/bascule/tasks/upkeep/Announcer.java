package io.bascule.tasks.upkeep;

import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcOverdue.Overdue;
import io.bascule.tasks.store.Settled;
import io.bascule.tasks.store.Settled.Finished;
import io.bascule.tasks.store.Settled.Postponed;
import java.util.List;

/** Tells workers of tasks that wait again, and callers of those that ended, after the commit. */
final class Announcer {

    private final TaskSignals signals;

    Announcer(TaskSignals signals) {
        this.signals = signals;
    }

    void announce(List<Settled> settled, List<Overdue> tasks) {
        if (settled.stream().anyMatch(Postponed.class::isInstance)) {
            signals.wake(tasks.stream().map(Overdue::lane));
        }
        for (Settled one : settled) {
            if (one instanceof Finished finished && finished.replyTo() != null) {
                signals.finished(finished.replyTo(), List.of(finished.task()));
            }
        }
    }
}
