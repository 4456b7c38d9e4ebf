package io.bascule.api.tunnels;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals about tunnels. */
enum TunnelProblem implements ProblemCode {
    RESOURCE_NOT_FOUND("resource-not-found", HttpStatus.NOT_FOUND, "There is no such resource"),
    TUNNEL_NOT_FOUND("tunnel-not-found", HttpStatus.NOT_FOUND, "There is no such tunnel"),
    AGENT_OFFLINE("agent-offline", HttpStatus.CONFLICT, "The resource's agent is not connected"),
    AGENT_REVOKED("agent-revoked", HttpStatus.CONFLICT, "The resource's agent was revoked");

    private final String code;
    private final HttpStatus status;
    private final String title;

    TunnelProblem(String code, HttpStatus status, String title) {
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
