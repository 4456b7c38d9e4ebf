package io.bascule.service.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem document. The detail says what the caller can change. */
public class ProblemException extends RuntimeException {

    private final transient ProblemCode problem;
    private final transient List<FieldProblem> errors;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemCode problem, String detail) {
        this(problem, detail, List.of(), null);
    }

    /** With the fields that break a rule, by JSON pointer. */
    public ProblemException(ProblemCode problem, String detail, List<FieldProblem> errors) {
        this(problem, detail, errors, null);
    }

    private ProblemException(
            ProblemCode problem, String detail, List<FieldProblem> errors, @Nullable Duration retryAfter) {
        super(detail);
        this.problem = problem;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A refusal that passes by itself: the answer carries {@code Retry-After}, rounded up to seconds. */
    public static ProblemException retryable(ProblemCode problem, String detail, Duration retryAfter) {
        return new ProblemException(problem, detail, List.of(), retryAfter);
    }

    public ProblemCode problem() {
        return problem;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
