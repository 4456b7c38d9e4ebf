package io.bascule.api.identity.sessions;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** What can be wrong with a sign-in or a session. */
enum SessionProblem implements ProblemCode {
    WRONG_CREDENTIALS("wrong-credentials", HttpStatus.UNAUTHORIZED, "The name or the password is wrong"),
    TOO_MANY_ATTEMPTS("too-many-attempts", HttpStatus.TOO_MANY_REQUESTS, "Too many failed sign-ins"),
    SESSION_NOT_FOUND("session-not-found", HttpStatus.NOT_FOUND, "You have no such session");

    private final String code;
    private final HttpStatus status;
    private final String title;

    SessionProblem(String code, HttpStatus status, String title) {
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
