package io.bascule.tasks.store;

import io.bascule.tasks.NewTask;
import java.util.List;

/** Records accepted tasks elsewhere, in the transaction that inserts them: both commit or neither does. */
@FunctionalInterface
public interface SubmissionJournal {

    /** Keeps nothing. */
    SubmissionJournal NONE = _ -> {};

    void record(List<NewTask> accepted);
}
