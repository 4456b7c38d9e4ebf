package io.bascule.api.queues;

import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.Names;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.store.JdbcQueues;
import io.bascule.tasks.store.Queue;
import org.springframework.stereotype.Component;

/** Reads the queues of the caller's workspace. */
@Component
class FindQueue {

    private final JdbcQueues queues;

    FindQueue(JdbcQueues queues) {
        this.queues = queues;
    }

    Queue find(Caller caller, String name) {
        caller.require(Role.VIEWER);
        return queues.find(caller.workspace(), name).orElseThrow(() -> unknown(caller, name));
    }

    Page<QueueView> list(Caller caller, PageRequest request) {
        caller.require(Role.VIEWER);
        return Page.cut(
                        queues.list(caller.workspace(), request.position().orElse(""), request.fetch()),
                        request,
                        Queue::name)
                .map(QueueView::of);
    }

    static ProblemException unknown(Caller caller, String name) {
        return new ProblemException(
                QueueProblem.QUEUE_NOT_FOUND,
                "Workspace %s has no queue named %s".formatted(caller.workspaceName(), Names.shown(name)));
    }

    /** A queue has no id; its name is unique in its workspace. */
    static Target target(String name) {
        return new Target("queue", name, name);
    }
}
