package io.bascule.tasks.handlers.tunnel;

import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;

/** Opens tunnels to resources for the tasks that need them. */
public interface TaskTunnels {

    /**
     * A new tunnel to a resource of the task's workspace, with the rights of whoever submitted it.
     *
     * @throws TaskFailure with the API's code and words when it is refused
     */
    TaskTunnel open(TaskContext context, String resource) throws TaskFailure, InterruptedException;
}
