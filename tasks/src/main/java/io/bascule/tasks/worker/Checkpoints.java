package io.bascule.tasks.worker;

import java.util.UUID;

/** Where attempts leave what the next one is to know. */
@FunctionalInterface
interface Checkpoints {

    /** Stores it; says whether this attempt still holds the task. */
    boolean save(UUID task, int attempt, String state);
}
