package io.bascule.api.identity;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals before a request reaches its feature. */
enum IdentityProblem implements ProblemCode {
    CSRF_TOKEN_MISSING("csrf-token-missing", HttpStatus.FORBIDDEN, "The request lacks the CSRF token");

    private final String code;
    private final HttpStatus status;
    private final String title;

    IdentityProblem(String code, HttpStatus status, String title) {
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
