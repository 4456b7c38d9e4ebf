package io.bascule.api.caller;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals that depend on who asks. */
public enum CallerProblem implements ProblemCode {
    SIGN_IN_REQUIRED("sign-in-required", HttpStatus.UNAUTHORIZED, "Sign in or send a token"),
    FORBIDDEN("forbidden", HttpStatus.FORBIDDEN, "Your role does not allow this");

    private final String code;
    private final HttpStatus status;
    private final String title;

    CallerProblem(String code, HttpStatus status, String title) {
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
