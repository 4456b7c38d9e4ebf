package io.bascule.api.resources;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals about resources. */
enum ResourceProblem implements ProblemCode {
    RESOURCE_NOT_FOUND("resource-not-found", HttpStatus.NOT_FOUND, "There is no such resource"),
    RESOURCE_NAME_TAKEN("resource-name-taken", HttpStatus.CONFLICT, "Another resource has this name");

    private final String code;
    private final HttpStatus status;
    private final String title;

    ResourceProblem(String code, HttpStatus status, String title) {
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
