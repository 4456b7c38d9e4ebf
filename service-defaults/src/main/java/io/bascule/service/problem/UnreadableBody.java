package io.bascule.service.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body that could not be read, without repeating the body. */
record UnreadableBody(ProblemCode problem, String detail, List<FieldProblem> errors) {

    static UnreadableBody of(HttpMessageNotReadableException failure) {
        return switch (cause(failure)) {
            case BodyTooLargeException tooLarge ->
                new UnreadableBody(CommonProblem.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()), List.of());
            case UnrecognizedPropertyException unknown ->
                invalid(
                        unknown,
                        "is unknown (known: %s)"
                                .formatted(unknown.getKnownPropertyIds().stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
            case MismatchedInputException mismatch -> invalid(mismatch, "expected: " + expected(mismatch));
            case StreamConstraintsException limits -> malformed(String.valueOf(limits.getOriginalMessage()));
            case DatabindException binding -> invalid(binding, firstLine(binding));
            case JacksonException syntax -> malformed(firstLine(syntax) + position(syntax));
            default -> malformed("The body is missing or is not JSON.");
        };
    }

    /** Jackson's own account where there is one, which knows the place; what it wraps (a date that is none) does not. */
    private static Throwable cause(HttpMessageNotReadableException failure) {
        Throwable root = failure.getMostSpecificCause();
        return !(root instanceof BodyTooLargeException) && failure.getCause() instanceof JacksonException account
                ? account
                : root;
    }

    private static UnreadableBody malformed(String detail) {
        return new UnreadableBody(CommonProblem.MALFORMED_REQUEST, detail, List.of());
    }

    private static UnreadableBody invalid(JacksonException failure, String detail) {
        String pointer = failure.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() != null ? step.getPropertyName() : step.getIndex()))
                .collect(Collectors.joining());
        return new UnreadableBody(
                CommonProblem.INVALID_INPUT, pointer + ": " + detail, List.of(new FieldProblem(pointer, detail)));
    }

    private static String expected(MismatchedInputException mismatch) {
        Class<?> target = mismatch.getTargetType();
        if (target == null) {
            return "another type";
        }
        if (target.isEnum()) {
            return "one of " + List.of(target.getEnumConstants());
        }
        return target.getSimpleName();
    }

    private static String firstLine(JacksonException failure) {
        return String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("The body is not JSON.");
    }

    private static String position(JacksonException failure) {
        var location = failure.getLocation();
        return location == null ? "" : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }
}
