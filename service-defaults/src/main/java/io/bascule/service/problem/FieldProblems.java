package io.bascule.service.problem;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Reads what Bean Validation found as JSON pointers: {@code items[2].name} becomes {@code /items/2/name}. */
final class FieldProblems {

    private FieldProblems() {}

    static List<FieldProblem> of(BindingResult result) {
        return result.getAllErrors().stream().map(FieldProblems::of).toList();
    }

    static List<FieldProblem> of(HandlerMethodValidationException failure) {
        return failure.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream().map(error -> {
                    if (error instanceof ObjectError objectError) {
                        return of(objectError);
                    }
                    String name = String.valueOf(result.getMethodParameter().getParameterName());
                    return new FieldProblem("/" + name, String.valueOf(error.getDefaultMessage()));
                }))
                .toList();
    }

    private static FieldProblem of(ObjectError error) {
        String path = error instanceof FieldError field ? field.getField() : "";
        return new FieldProblem(pointer(path), String.valueOf(error.getDefaultMessage()));
    }

    private static String pointer(String path) {
        return Stream.of(path.split("[.\\[\\]]+"))
                .filter(part -> !part.isEmpty())
                .map(part -> "/" + part.replace("~", "~0").replace("/", "~1"))
                .reduce("", String::concat);
    }
}
