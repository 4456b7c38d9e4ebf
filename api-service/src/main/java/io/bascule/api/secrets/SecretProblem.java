package io.bascule.api.secrets;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.ProblemCode;
import io.bascule.service.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** Refusals about secrets. */
enum SecretProblem implements ProblemCode {
    SECRET_NOT_FOUND("secret-not-found", HttpStatus.NOT_FOUND, "There is no such secret"),
    SECRET_NOT_ALLOWED("secret-not-allowed", HttpStatus.FORBIDDEN, "The task may not read this secret"),
    SECRET_UNREADABLE("secret-unreadable", HttpStatus.CONFLICT, "The secret does not open"),
    TASK_NOT_HELD("task-not-held", HttpStatus.CONFLICT, "The task does not run in this attempt");

    private final String code;
    private final HttpStatus status;
    private final String title;

    SecretProblem(String code, HttpStatus status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    static ProblemException unknown(String workspaceName, String name) {
        return new ProblemException(
                SECRET_NOT_FOUND,
                "Workspace %s has no secret %s; set it, or name another one"
                        .formatted(workspaceName, Names.shown(name)));
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
