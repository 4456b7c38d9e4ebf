package io.bascule.api.functions;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals about functions. */
enum FunctionProblem implements ProblemCode {
    FUNCTION_NOT_FOUND("function-not-found", HttpStatus.NOT_FOUND, "There is no such function or version"),
    FUNCTION_NAME_TAKEN("function-name-taken", HttpStatus.CONFLICT, "Another function has this name"),
    ALIAS_NOT_FOUND("alias-not-found", HttpStatus.NOT_FOUND, "The function has no such alias"),
    TOO_MANY_ALIASES("too-many-aliases", HttpStatus.CONFLICT, "The function has no room for another alias"),
    LIVE_ALIAS_STAYS("live-alias-stays", HttpStatus.CONFLICT, "Every function has the alias live"),
    NO_ROOM_FOR_BUNDLES("no-room-for-bundles", HttpStatus.CONFLICT, "The workspace has no room for another bundle");

    private final String code;
    private final HttpStatus status;
    private final String title;

    FunctionProblem(String code, HttpStatus status, String title) {
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
