package io.bascule.api.agents;

import io.bascule.api.certificates.IssuedCertificate;
import io.bascule.service.problem.ProblemException;

/** What came of an agent's wish for a new certificate; on record either way. */
sealed interface Renewal {

    record Renewed(IssuedCertificate certificate) implements Renewal {}

    record Refused(AgentProblem problem) implements Renewal {}

    /** The new certificate, or the refusal as a problem. */
    default IssuedCertificate require() {
        return switch (this) {
            case Renewed(IssuedCertificate certificate) -> certificate;
            case Refused(AgentProblem problem) ->
                throw new ProblemException(
                        problem,
                        problem == AgentProblem.AGENT_CERTIFICATE_NOT_HELD
                                ? "Sign the request with the private key of the certificate that is sent with it"
                                : "The agent has to join anew: ask an administrator for a token (`bascule agent token"
                                        + " NAME`) and start it with --join-token");
        };
    }
}
