package io.bascule.api.tasks;

import static java.util.Objects.requireNonNullElse;

import io.bascule.api.caller.Caller;
import io.bascule.api.webhooks.CallbackSecret;
import io.bascule.api.webhooks.CheckCallback;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.NewTask.Idempotency;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.type.TaskCatalogue;
import io.bascule.tasks.type.TaskType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks a request and makes the task it describes; refuses it with everything that is wrong. */
@Component
class CheckTask {

    static final String DEFAULT_QUEUE = "default";
    private static final Duration FURTHEST = Duration.ofDays(366);
    private static final int MOST_BYTES_A_CHARACTER = 3;

    private final TaskCatalogue catalogue;
    private final JdbcTasks tasks;
    private final TaskIds ids;
    private final CheckCallback callbacks;
    private final InstantSource clock;
    private final long maxInput;

    CheckTask(
            TaskCatalogue catalogue,
            JdbcTasks tasks,
            TaskIds ids,
            CheckCallback callbacks,
            InstantSource clock,
            TaskProperties properties) {
        this.catalogue = catalogue;
        this.tasks = tasks;
        this.ids = ids;
        this.callbacks = callbacks;
        this.clock = clock;
        this.maxInput = properties.maxInput().toBytes();
    }

    /** @param replyTo where to tell of its end, if the caller waits for it */
    NewTask check(Caller caller, TaskRequest request, @Nullable Idempotency key, @Nullable String replyTo) {
        return check(caller, request, key, replyTo, secretOf(caller));
    }

    /** For all tasks of a request. */
    CallbackSecret secretOf(Caller caller) {
        return callbacks.secretOf(caller);
    }

    NewTask check(
            Caller caller,
            TaskRequest request,
            @Nullable Idempotency key,
            @Nullable String replyTo,
            CallbackSecret secret) {
        TaskType type = catalogue.find(request.type()).orElseThrow(() -> unknown(request.type()));
        JsonNode input = request.input() == null ? JsonNodeFactory.instance.objectNode() : request.input();
        String json = withinLimit(input.toString());
        List<FieldProblem> problems = problems(caller, type, request, input);
        if (!problems.isEmpty()) {
            FieldProblem first = problems.getFirst();
            throw new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
        }
        Lane lane = lane(type, request.queue());
        return new NewTask(
                ids.next(),
                caller.workspace(),
                lane,
                lane == Lane.INSTANT ? "" : existing(caller, requireNonNullElse(request.queue(), DEFAULT_QUEUE)),
                type.name(),
                json,
                requireNonNullElse(request.priority(), 0),
                request.runAt(),
                request.deadline(),
                retry(request.retry()),
                request.dedupe(),
                request.concurrencyKey(),
                requireNonNullElse(request.labels(), Map.of()),
                new Submitter(caller.user(), caller.username()),
                replyTo,
                key,
                callback(request.callback(), secret));
    }

    /** Refuses a task that was checked some time ago and whose type is gone. */
    void checkAgain(NewTask task) {
        TaskType _ = catalogue.find(task.type()).orElseThrow(() -> unknown(task.type()));
    }

    private List<FieldProblem> problems(Caller caller, TaskType type, TaskRequest request, JsonNode input) {
        List<FieldProblem> problems = new ArrayList<>();
        catalogue
                .check(type, input)
                .forEach(problem -> problems.add(new FieldProblem("/input" + problem.pointer(), problem.detail())));
        if (request.queue() != null && !type.lanes().contains(Lane.QUEUED)) {
            problems.add(new FieldProblem("/queue", type.name() + " does not run in queues (leave it out)"));
        }
        if (request.concurrencyKey() != null && lane(type, request.queue()) == Lane.INSTANT) {
            problems.add(new FieldProblem("/concurrencyKey", "it acts within a queue (name one, or leave it out)"));
        }
        if (request.callback() != null) {
            callbacks
                    .problem(caller, request.callback().url())
                    .ifPresent(problem -> problems.add(new FieldProblem("/callback/url", problem)));
        }
        problems.addAll(timeProblems(request));
        return problems;
    }

    private static @Nullable String callback(TaskRequest.@Nullable Callback wanted, CallbackSecret secret) {
        if (wanted == null) {
            return null;
        }
        secret.require();
        return wanted.url();
    }

    private List<FieldProblem> timeProblems(TaskRequest request) {
        List<FieldProblem> problems = new ArrayList<>();
        Instant now = clock.instant();
        Instant furthest = now.plus(FURTHEST);
        Instant deadline = request.deadline();
        if (deadline != null && (!deadline.isAfter(now) || deadline.isAfter(furthest))) {
            problems.add(new FieldProblem("/deadline", "%s (expected: within a year from now)".formatted(deadline)));
        }
        Instant runAt = request.runAt();
        if (runAt != null && runAt.isAfter(furthest)) {
            problems.add(new FieldProblem("/runAt", "%s (expected: within a year from now)".formatted(runAt)));
        }
        if (runAt != null && deadline != null && !runAt.isBefore(deadline)) {
            problems.add(new FieldProblem("/runAt", "%s (expected: before the deadline)".formatted(runAt)));
        }
        return problems;
    }

    private String withinLimit(String json) {
        // Only what comes near the limit is worth encoding for it.
        boolean small = (long) json.length() * MOST_BYTES_A_CHARACTER <= maxInput;
        if (!small && json.getBytes(StandardCharsets.UTF_8).length > maxInput) {
            throw new ProblemException(
                    TaskProblem.INPUT_TOO_LARGE, "input: expected at most %d bytes as JSON".formatted(maxInput));
        }
        return json;
    }

    private static Lane lane(TaskType type, @Nullable String queue) {
        return queue == null && type.lanes().contains(Lane.INSTANT) ? Lane.INSTANT : Lane.QUEUED;
    }

    private String existing(Caller caller, String queue) {
        if (!tasks.queueExists(caller.workspace(), queue)) {
            throw noQueue(caller, queue);
        }
        return queue;
    }

    static ProblemException noQueue(Caller caller, String queue) {
        String detail = "Workspace %s has no queue named %s; create it first".formatted(caller.workspaceName(), queue);
        return new ProblemException(TaskProblem.QUEUE_NOT_FOUND, detail, List.of(new FieldProblem("/queue", detail)));
    }

    private static RetryPolicy retry(TaskRequest.@Nullable Retry retry) {
        if (retry == null) {
            return RetryPolicy.NONE;
        }
        int failures = requireNonNullElse(retry.maxFailures(), RetryPolicy.NONE.maxFailures());
        Integer seconds = retry.backoffSeconds();
        Duration backoff = seconds == null ? RetryPolicy.NONE.backoff() : Duration.ofSeconds(seconds);
        return new RetryPolicy(failures, backoff);
    }

    private ProblemException unknown(String type) {
        String known = catalogue.types().stream().map(TaskType::name).collect(Collectors.joining(", "));
        String detail = "%s (expected one of: %s)".formatted(type, known);
        return new ProblemException(TaskProblem.UNKNOWN_TASK_TYPE, detail, List.of(new FieldProblem("/type", detail)));
    }
}
