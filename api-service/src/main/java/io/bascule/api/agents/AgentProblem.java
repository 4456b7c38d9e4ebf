package io.bascule.api.agents;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals about agents and their join tokens. */
enum AgentProblem implements ProblemCode {
    AGENT_NOT_FOUND("agent-not-found", HttpStatus.NOT_FOUND, "There is no such agent"),
    AGENT_NAME_TAKEN("agent-name-taken", HttpStatus.CONFLICT, "Another agent has this name"),
    AGENT_REVOKED("agent-revoked", HttpStatus.CONFLICT, "The agent was revoked"),
    JOIN_TOKEN_INVALID("join-token-invalid", HttpStatus.UNAUTHORIZED, "The join token is not one of ours"),
    JOIN_TOKEN_USED("join-token-used", HttpStatus.UNAUTHORIZED, "The join token was used before"),
    JOIN_TOKEN_EXPIRED("join-token-expired", HttpStatus.UNAUTHORIZED, "The join token has expired"),
    AGENT_CERTIFICATE_UNKNOWN(
            "agent-certificate-unknown", HttpStatus.UNAUTHORIZED, "The certificate is not one of an agent of ours"),
    AGENT_CERTIFICATE_NOT_HELD(
            "agent-certificate-not-held",
            HttpStatus.UNAUTHORIZED,
            "The request was not signed with the certificate's key"),
    AGENT_CERTIFICATE_EXPIRED("agent-certificate-expired", HttpStatus.UNAUTHORIZED, "The certificate has expired"),
    AGENT_CERTIFICATE_REVOKED("agent-certificate-revoked", HttpStatus.UNAUTHORIZED, "The agent was revoked");

    private final String code;
    private final HttpStatus status;
    private final String title;

    AgentProblem(String code, HttpStatus status, String title) {
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
