package io.bascule.functions;

import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;

/** Opens the ways of functions to resources. */
public interface ResourceTunnels {

    /**
     * A new connection to a resource of the task's workspace, with the rights of whoever submitted the task.
     *
     * @throws TaskFailure with a code and words when it is refused
     */
    ResourceTunnel open(TaskContext task, String resource) throws TaskFailure, InterruptedException;
}
