package io.bascule.api.webhooks;

import io.bascule.api.caller.Caller;
import io.bascule.service.problem.ProblemException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the workspace of a request can sign callbacks: asked at most once, and only if a task of it has one. */
public final class CallbackSecret {

    private final Caller caller;
    private final BooleanSupplier question;
    private @Nullable Boolean there;

    CallbackSecret(Caller caller, BooleanSupplier question) {
        this.caller = caller;
        this.question = question;
    }

    /** @throws ProblemException saying how to make one, if there is none */
    public void require() {
        if (there == null) {
            there = question.getAsBoolean();
        }
        if (!there) {
            throw new ProblemException(
                    WebhookProblem.CALLBACK_SECRET_MISSING,
                    "Workspace %s has no secret to sign callbacks with; an admin makes it: POST /api/v1/callbacks:rotateSecret, or: bascule callback rotate"
                            .formatted(caller.workspaceName()));
        }
    }
}
