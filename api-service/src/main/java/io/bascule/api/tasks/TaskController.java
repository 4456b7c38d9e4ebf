package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.tasks.ExplainTask.Explanation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tasks of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/tasks", version = "1")
class TaskController {

    private final AnswerSubmission answerSubmission;
    private final FindTask findTask;
    private final ReadTasks readTasks;
    private final CancelTask cancelTask;
    private final RetryTask retryTask;
    private final ExplainTask explainTask;

    TaskController(
            AnswerSubmission answerSubmission,
            FindTask findTask,
            ReadTasks readTasks,
            CancelTask cancelTask,
            RetryTask retryTask,
            ExplainTask explainTask) {
        this.answerSubmission = answerSubmission;
        this.findTask = findTask;
        this.readTasks = readTasks;
        this.cancelTask = cancelTask;
        this.retryTask = retryTask;
        this.explainTask = explainTask;
    }

    /** 202 when accepted; 200 with the finished task when the caller prefers to wait and it ends in time. */
    @PostMapping
    @Operation(summary = "Submit a task; with Prefer: wait=N the answer waits for its end")
    @ApiResponse(
            responseCode = "200",
            description = "It ended within the time that Prefer: wait gave it",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "Accepted; its address is in Location", useReturnTypeSchema = true)
    ResponseEntity<TaskView> submit(
            Caller caller,
            @Valid @RequestBody TaskRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> preferences) {
        return answerSubmission.submit(caller, request, key, preferences);
    }

    @GetMapping
    @Operation(summary = "List tasks, live and ended, newest first")
    ResponseEntity<Page<TaskView>> list(
            Caller caller,
            @ParameterObject WantedTasks wanted,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return readTasks.read(caller, wanted, PageRequest.of(limit, cursor)).toResponse();
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a task")
    TaskView get(Caller caller, @PathVariable UUID id) {
        return findTask.find(caller, id);
    }

    @GetMapping("/{id}:why")
    @Operation(summary = "Say why a task does not run")
    Explanation why(Caller caller, @PathVariable UUID id) {
        return explainTask.explain(caller, id);
    }

    /** 200 when it has ended, 202 when its worker was asked to stop it. */
    @PostMapping("/{id}:cancel")
    @Operation(summary = "Cancel a task")
    @ApiResponse(responseCode = "200", description = "It has ended", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "Its worker was asked to stop it", useReturnTypeSchema = true)
    ResponseEntity<TaskView> cancel(Caller caller, @PathVariable UUID id) {
        TaskView task = cancelTask.cancel(caller, id);
        return hasEnded(task) ? ResponseEntity.ok(task) : accepted(task);
    }

    @PostMapping("/{id}:retry")
    @Operation(summary = "Run an ended task again")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<TaskView> retry(Caller caller, @PathVariable UUID id) {
        return accepted(retryTask.retry(caller, id));
    }

    private static ResponseEntity<TaskView> accepted(TaskView task) {
        return AnswerSubmission.accepted(task);
    }

    private static boolean hasEnded(TaskView task) {
        return AnswerSubmission.hasEnded(task);
    }
}
