package io.bascule.service.identity;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals between services. */
enum IdentityProblem implements ProblemCode {
    SERVICE_TOKEN_INVALID("service-token-invalid", HttpStatus.UNAUTHORIZED, "The service token was not accepted"),
    SERVICE_FORBIDDEN("service-forbidden", HttpStatus.FORBIDDEN, "This service may not call that");

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
