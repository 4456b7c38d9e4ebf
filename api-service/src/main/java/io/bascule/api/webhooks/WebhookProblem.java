package io.bascule.api.webhooks;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals about webhooks. */
enum WebhookProblem implements ProblemCode {
    WEBHOOK_NOT_FOUND("webhook-not-found", HttpStatus.NOT_FOUND, "There is no such webhook"),
    WEBHOOK_NAME_TAKEN("webhook-name-taken", HttpStatus.CONFLICT, "Another webhook has this name"),
    WEBHOOK_DISABLED("webhook-disabled", HttpStatus.CONFLICT, "The webhook is disabled"),
    DELIVERY_NOT_FOUND("delivery-not-found", HttpStatus.NOT_FOUND, "There is no such delivery"),
    CALLBACK_NOT_FOUND("callback-not-found", HttpStatus.NOT_FOUND, "The task has no callback"),
    CALLBACK_SECRET_MISSING(
            "callback-secret-missing", HttpStatus.CONFLICT, "The workspace has no secret to sign callbacks with");

    private final String code;
    private final HttpStatus status;
    private final String title;

    WebhookProblem(String code, HttpStatus status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
