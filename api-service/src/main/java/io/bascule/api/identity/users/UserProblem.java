package io.bascule.api.identity.users;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** What can be wrong with a user. */
enum UserProblem implements ProblemCode {
    USERNAME_TAKEN("username-taken", HttpStatus.CONFLICT, "There is already a user of this name"),
    TOO_BUSY("too-busy", HttpStatus.SERVICE_UNAVAILABLE, "Too much at once");

    private final String code;
    private final HttpStatus status;
    private final String title;

    UserProblem(String code, HttpStatus status, String title) {
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
