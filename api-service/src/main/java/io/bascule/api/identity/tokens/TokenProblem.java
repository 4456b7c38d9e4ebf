package io.bascule.api.identity.tokens;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Why a token is refused. */
enum TokenProblem implements ProblemCode {
    TOKEN_INVALID("token-invalid", HttpStatus.UNAUTHORIZED, "This token is not one of ours"),
    TOKEN_EXPIRED("token-expired", HttpStatus.UNAUTHORIZED, "This token has expired"),
    TOKEN_REVOKED("token-revoked", HttpStatus.UNAUTHORIZED, "This token was revoked"),
    TOKEN_NOT_FOUND("token-not-found", HttpStatus.NOT_FOUND, "You have no such token");

    private final String code;
    private final HttpStatus status;
    private final String title;

    TokenProblem(String code, HttpStatus status, String title) {
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
