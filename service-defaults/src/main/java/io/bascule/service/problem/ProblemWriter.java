package io.bascule.service.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem from where no controller is reached: filters and security entry points. */
public class ProblemWriter {

    private final JsonMapper json;

    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the whole answer; does nothing when an answer has already begun. */
    public void write(HttpServletResponse response, ProblemException problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(problem.problem().status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        problem.retryAfter()
                .ifPresent(time -> response.setHeader(HttpHeaders.RETRY_AFTER, RetryAfter.headerValue(time)));
        var document = ProblemDocuments.of(problem.problem(), String.valueOf(problem.getMessage()), problem.errors());
        response.getOutputStream().write(json.writeValueAsBytes(document));
    }
}
