package io.bascule.api.queues;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Why something about a queue is refused. */
enum QueueProblem implements ProblemCode {
    QUEUE_NOT_FOUND("queue-not-found", HttpStatus.NOT_FOUND, "There is no such queue"),
    QUEUE_EXISTS("queue-exists", HttpStatus.CONFLICT, "There is a queue of this name"),
    QUEUE_NOT_EMPTY("queue-not-empty", HttpStatus.CONFLICT, "The queue still has tasks"),
    QUEUE_IS_DEFAULT("queue-is-default", HttpStatus.CONFLICT, "The default queue stays");

    private final String code;
    private final HttpStatus status;
    private final String title;

    QueueProblem(String code, HttpStatus status, String title) {
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
