package io.bascule.service.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** The one place where a failure becomes an answer: every one is a problem document with a code. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException failure) {
        var headers = new HttpHeaders();
        failure.retryAfter().ifPresent(time -> headers.set(HttpHeaders.RETRY_AFTER, RetryAfter.headerValue(time)));
        return answer(failure.problem(), String.valueOf(failure.getMessage()), failure.errors(), headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> unforeseen(Exception failure) {
        log.error("A request failed unforeseen", failure);
        return answer(
                CommonProblem.INTERNAL_ERROR,
                "The failure is in our log under the trace id of this answer.",
                List.of(),
                new HttpHeaders());
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(FieldProblems.of(failure.getBindingResult()));
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(FieldProblems.of(failure));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        UnreadableBody reason = UnreadableBody.of(failure);
        return answer(reason.problem(), reason.detail(), reason.errors(), new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> typeMismatch(MethodArgumentTypeMismatchException failure) {
        String expected = failure.getRequiredType() == null
                ? "another type"
                : failure.getRequiredType().getSimpleName();
        return invalid(List.of(new FieldProblem(
                "/" + failure.getName(), "%s (expected: %s)".formatted(failure.getValue(), expected))));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = body instanceof ProblemDetail document && document.getDetail() != null
                ? document.getDetail()
                : String.valueOf(failure.getMessage());
        return answer(codeFor(status), detail, List.of(), headers);
    }

    private static ProblemCode codeFor(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> CommonProblem.NOT_FOUND;
            case 405 -> CommonProblem.METHOD_NOT_ALLOWED;
            case 406 -> CommonProblem.NOT_ACCEPTABLE;
            case 413 -> CommonProblem.BODY_TOO_LARGE;
            case 415 -> CommonProblem.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> CommonProblem.STORE_UNAVAILABLE;
            default -> status.is4xxClientError() ? CommonProblem.MALFORMED_REQUEST : CommonProblem.INTERNAL_ERROR;
        };
    }

    private static ResponseEntity<Object> invalid(List<FieldProblem> errors) {
        String detail = errors.isEmpty()
                ? "The input breaks a rule."
                : errors.getFirst().pointer() + ": " + errors.getFirst().detail();
        return answer(CommonProblem.INVALID_INPUT, detail, errors, new HttpHeaders());
    }

    private static ResponseEntity<Object> answer(
            ProblemCode problem, String detail, List<FieldProblem> errors, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDocuments.of(problem, detail, errors));
    }
}
