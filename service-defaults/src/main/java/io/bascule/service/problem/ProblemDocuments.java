package io.bascule.service.problem;

import io.bascule.service.trace.TraceId;
import java.net.URI;
import java.util.List;
import org.springframework.http.ProblemDetail;

/** Makes RFC 9457 documents out of our problem codes. */
final class ProblemDocuments {

    private static final String TYPE_PREFIX = "https://bascule.io/problems/";

    private ProblemDocuments() {}

    static ProblemDetail of(ProblemCode problem, String detail, List<FieldProblem> errors) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(problem.status(), detail);
        document.setType(URI.create(TYPE_PREFIX + problem.code()));
        document.setTitle(problem.title());
        document.setProperty("code", problem.code());
        if (!errors.isEmpty()) {
            document.setProperty("errors", errors);
        }
        TraceId.current().ifPresent(trace -> document.setProperty("traceId", trace));
        return document;
    }
}
