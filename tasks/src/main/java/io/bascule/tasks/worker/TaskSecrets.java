package io.bascule.tasks.worker;

import java.util.Map;
import java.util.Set;

/** Opens secrets for running tasks; an implementation never keeps one. Safe for use by many threads. */
public interface TaskSecrets {

    /** Has none, and says so. */
    TaskSecrets NONE = (_, _) -> {
        throw TaskFailure.forGood("no-secrets", "This worker cannot open secrets");
    };

    /**
     * The values by name, for every name. Blocks while nobody can be asked: that is not the task's fault, and it ends with
     * the attempt.
     *
     * @throws TaskFailure that names the secret, when it is not there or the task may not read it
     */
    Map<String, String> open(TaskContext task, Set<String> names) throws TaskFailure, InterruptedException;
}
