package io.bascule.api.tasks;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Why something about a task is refused. */
enum TaskProblem implements ProblemCode {
    UNKNOWN_TASK_TYPE("unknown-task-type", HttpStatus.BAD_REQUEST, "There is no such task type"),
    INPUT_TOO_LARGE("input-too-large", HttpStatus.CONTENT_TOO_LARGE, "The task's input is too large"),
    QUEUE_NOT_FOUND("queue-not-found", HttpStatus.NOT_FOUND, "There is no such queue"),
    TOO_MANY_WAITING("too-many-waiting", HttpStatus.TOO_MANY_REQUESTS, "Too many tasks wait already"),
    IDEMPOTENCY_KEY_INVALID("idempotency-key-invalid", HttpStatus.BAD_REQUEST, "The idempotency key cannot be used"),
    IDEMPOTENCY_KEY_IN_USE("idempotency-key-in-use", HttpStatus.CONFLICT, "The first request with this key runs still"),
    IDEMPOTENCY_KEY_REUSED(
            "idempotency-key-reused", HttpStatus.UNPROCESSABLE_CONTENT, "The key belongs to a different request"),
    TASK_NOT_FOUND("task-not-found", HttpStatus.NOT_FOUND, "There is no such task"),
    TASK_ENDED("task-ended", HttpStatus.CONFLICT, "The task has ended"),
    TASK_NOT_RETRYABLE("task-not-retryable", HttpStatus.CONFLICT, "Only a failed task can be retried"),
    TOO_MANY_FOLLOWERS("too-many-followers", HttpStatus.SERVICE_UNAVAILABLE, "Too many follow logs at the moment"),
    NO_RESULT("no-result", HttpStatus.NOT_FOUND, "The task has no result"),
    STORAGE_AWAY("storage-away", HttpStatus.SERVICE_UNAVAILABLE, "The object storage is away for the moment"),
    DEDUPE_TAKEN("dedupe-taken", HttpStatus.CONFLICT, "A live task has the same dedupe word");

    private final String code;
    private final HttpStatus status;
    private final String title;

    TaskProblem(String code, HttpStatus status, String title) {
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
