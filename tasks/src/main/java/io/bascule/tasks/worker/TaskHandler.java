package io.bascule.tasks.worker;

import tools.jackson.databind.JsonNode;

/**
 * Does the work of one task type. One instance serves all tasks, several at a time; each call has a virtual thread of its own
 * and may block. A handler stops soon after its thread is interrupted.
 */
public interface TaskHandler {

    /** The name of its type in the catalogue. */
    String type();

    /**
     * Does the work and returns the result; as JSON at most 1 MiB, or what the object storage is configured to take.
     *
     * @throws TaskFailure when the work cannot be done; any other exception counts as a retryable failure
     * @throws InterruptedException when it was asked to stop
     */
    JsonNode run(TaskContext context) throws Exception;
}
