package io.bascule.service.problem;

import org.springframework.http.HttpStatus;

/** Problems that every service can answer. */
public enum CommonProblem implements ProblemCode {
    MALFORMED_REQUEST("malformed-request", HttpStatus.BAD_REQUEST, "The request could not be read"),
    INVALID_INPUT("invalid-input", HttpStatus.BAD_REQUEST, "The input breaks a rule"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing at this address"),
    METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "This address does not take that method"),
    NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "The answer has no such media type"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send this body as JSON"),
    BODY_TOO_LARGE("body-too-large", HttpStatus.CONTENT_TOO_LARGE, "The request body is too large"),
    STORE_UNAVAILABLE("store-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "A store is away for the moment"),
    INTERNAL_ERROR("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "Something failed on our side");

    private final String code;
    private final HttpStatus status;
    private final String title;

    CommonProblem(String code, HttpStatus status, String title) {
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
