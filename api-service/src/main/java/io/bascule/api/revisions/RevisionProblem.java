package io.bascule.api.revisions;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Why a change is refused that does not name what it changes, or names an older state of it. */
enum RevisionProblem implements ProblemCode {
    REVISION_REQUIRED(
            "revision-required", HttpStatus.PRECONDITION_REQUIRED, "Say which revision you change, with If-Match"),
    REVISION_OUTDATED("revision-outdated", HttpStatus.PRECONDITION_FAILED, "It was changed since you read it");

    private final String code;
    private final HttpStatus status;
    private final String title;

    RevisionProblem(String code, HttpStatus status, String title) {
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
