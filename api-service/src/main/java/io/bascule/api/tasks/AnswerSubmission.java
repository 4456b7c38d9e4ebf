package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.tasks.NewTask.Idempotency;
import io.bascule.tasks.TaskState;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Submits a task and answers for it, also for other features whose calls are tasks of one type. */
@Component
public class AnswerSubmission {

    private final AcceptTask acceptTask;

    AnswerSubmission(AcceptTask acceptTask) {
        this.acceptTask = acceptTask;
    }

    /**
     * A task of this type with the defaults of everything else, answered as {@code POST /api/v1/tasks} does.
     *
     * @param asked the input before anything of it was settled: the same again, with the same key, is the same task
     * @param key header {@code Idempotency-Key}
     * @param preferences headers {@code Prefer}
     */
    public ResponseEntity<?> submit(
            Caller caller,
            String type,
            JsonNode input,
            JsonNode asked,
            @Nullable String key,
            @Nullable List<String> preferences) {
        return submit(caller, of(type, input), IdempotencyKey.of(key, of(type, asked)), preferences);
    }

    private static TaskRequest of(String type, JsonNode input) {
        return new TaskRequest(type, input, null, null, null, null, null, null, null, null, null);
    }

    /** 202 when accepted; 200 with the finished task when the caller prefers to wait and it ends in time. */
    ResponseEntity<TaskView> submit(
            Caller caller, TaskRequest request, @Nullable String key, @Nullable List<String> preferences) {
        return submit(caller, request, IdempotencyKey.of(key, request), preferences);
    }

    private ResponseEntity<TaskView> submit(
            Caller caller, TaskRequest request, @Nullable Idempotency idempotency, @Nullable List<String> preferences) {
        return PreferWait.of(preferences == null ? List.of() : preferences)
                .map(wait -> answer(acceptTask.acceptAndWait(caller, request, idempotency, wait.time()), wait))
                .orElseGet(() -> accepted(acceptTask.accept(caller, request, idempotency)));
    }

    static ResponseEntity<TaskView> accepted(TaskView task) {
        return ResponseEntity.accepted()
                .header(
                        HttpHeaders.LOCATION,
                        URI.create("/api/v1/tasks/" + task.id()).toString())
                .body(task);
    }

    static boolean hasEnded(TaskView task) {
        return TaskState.of(task.state()).isFinal();
    }

    private static ResponseEntity<TaskView> answer(TaskView task, PreferWait wait) {
        return hasEnded(task)
                ? ResponseEntity.ok()
                        .header("Preference-Applied", wait.applied())
                        .body(task)
                : accepted(task);
    }
}
