package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.Names;
import io.bascule.api.webhooks.JdbcDeliveries.Owner.OfCallbacks;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.store.JdbcTasks;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Callbacks of the caller's workspace and what became of them; another workspace's do not exist. */
@Component
class FindCallback {

    private static final int MOST_OF_TASK = 100;

    private final JdbcTasks tasks;
    private final JdbcCallbacks callbacks;
    private final JdbcDeliveries deliveries;

    FindCallback(JdbcTasks tasks, JdbcCallbacks callbacks, JdbcDeliveries deliveries) {
        this.tasks = tasks;
        this.callbacks = callbacks;
        this.deliveries = deliveries;
    }

    /**
     * Where a task tells of its end.
     *
     * @param deliveries one for each of its ends so far, newest first; a task ends again only if it is retried by hand
     */
    record CallbackView(String url, List<Delivery> deliveries) {}

    CallbackView ofTask(Caller caller, UUID task) {
        caller.require(Role.VIEWER);
        String url = tasks.callback(caller.workspace(), task)
                .orElseThrow(() -> new ProblemException(
                        WebhookProblem.CALLBACK_NOT_FOUND,
                        "Workspace %s has no task %s with a callback".formatted(caller.workspaceName(), task)));
        return new CallbackView(url, deliveries.ofTask(caller.workspace(), task, MOST_OF_TASK));
    }

    CallbackSecretView secret(Caller caller) {
        caller.require(Role.VIEWER);
        return callbacks
                .secret(caller.workspace())
                .map(CallbackSecretView::of)
                .orElseThrow(() -> new ProblemException(
                        WebhookProblem.CALLBACK_SECRET_MISSING,
                        "Workspace %s has no secret to sign callbacks with".formatted(caller.workspaceName())));
    }

    Delivery delivery(Caller caller, String id) {
        caller.require(Role.VIEWER);
        return Names.asId(id)
                .flatMap(known -> deliveries.find(new OfCallbacks(caller.workspace()), known))
                .orElseThrow(() -> new ProblemException(
                        WebhookProblem.DELIVERY_NOT_FOUND, "No callback has a delivery %s".formatted(Names.shown(id))));
    }
}
