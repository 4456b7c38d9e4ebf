package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.api.webhooks.delivery.WebhookAddresses;
import io.bascule.service.problem.ProblemException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a task may tell of its end at an address. Where a name leads is looked at with each delivery. */
@Component
public class CheckCallback {

    private final JdbcCallbacks callbacks;
    private final WebhookAddresses addresses;

    CheckCallback(JdbcCallbacks callbacks, WebhookAddresses addresses) {
        this.callbacks = callbacks;
        this.addresses = addresses;
    }

    /** What to change about the address; empty when nothing is wrong. */
    public Optional<String> problem(Caller caller, String url) {
        return WantedUrl.problem(url, addresses.of(caller.workspaceName()));
    }

    /** @throws ProblemException saying how to make one, if the workspace has no secret that signs callbacks */
    public void requireSecret(Caller caller) {
        if (!callbacks.hasSecret(caller.workspace())) {
            throw new ProblemException(
                    WebhookProblem.CALLBACK_SECRET_MISSING,
                    "Workspace %s has no secret to sign callbacks with; an admin makes it: POST /api/v1/callbacks:rotateSecret, or: bascule callback rotate"
                            .formatted(caller.workspaceName()));
        }
    }
}
