package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of asking for the change of one task. */
public sealed interface Change {

    /** It ended. */
    record Ended(UUID task, @Nullable String replyTo) implements Change {}

    /** Its worker has been asked to stop it. */
    record Asked(UUID task) implements Change {}

    /** It waits again. */
    record Revived(UUID task, Lane lane) implements Change {}

    /** It stands in a state that does not allow the change. */
    record Refused(TaskState state) implements Change {}

    /** A live task has the same dedupe word. */
    record DedupeTaken() implements Change {}

    /** Its queue has been deleted. */
    record NoQueue(String queue) implements Change {}

    /** There is no such task in this workspace. */
    record Unknown() implements Change {}
}
