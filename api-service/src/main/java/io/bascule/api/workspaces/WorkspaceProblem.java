package io.bascule.api.workspaces;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Why a workspace does not allow something. */
enum WorkspaceProblem implements ProblemCode {
    WORKSPACE_FULL("workspace-full", HttpStatus.CONFLICT, "The workspace has as many of these as it may");

    private final String code;
    private final HttpStatus status;
    private final String title;

    WorkspaceProblem(String code, HttpStatus status, String title) {
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
