package io.bascule.api.bridges;

import io.bascule.service.problem.ProblemCode;
import io.bascule.service.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** Refusals for want of a bridge. */
public enum BridgeProblem implements ProblemCode {
    NO_BRIDGE;

    /** A bridge reports every second, so a new one is known that soon. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    public static ProblemException noBridge(String detail) {
        return ProblemException.retryable(NO_BRIDGE, detail, RETRY_AFTER);
    }

    @Override
    public String code() {
        return "no-bridge";
    }

    @Override
    public HttpStatus status() {
        return HttpStatus.SERVICE_UNAVAILABLE;
    }

    @Override
    public String title() {
        return "No bridge can take this right now";
    }
}
