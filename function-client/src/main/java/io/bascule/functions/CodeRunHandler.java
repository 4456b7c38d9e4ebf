package io.bascule.functions;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.BundleProblem;
import io.bascule.protocol.runner.v1.Failure;
import io.bascule.protocol.runner.v1.Function;
import io.bascule.protocol.runner.v1.LimitHit;
import io.bascule.protocol.runner.v1.Limits;
import io.bascule.protocol.runner.v1.Log;
import io.bascule.protocol.runner.v1.Progress;
import io.bascule.protocol.runner.v1.ResourceWanted;
import io.bascule.protocol.runner.v1.Result;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.Runtime;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code code.run}: runs a function of the task's workspace in a code runner; its result is the task's. */
final class CodeRunHandler implements TaskHandler {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final FunctionVersions versions;
    private final ResourceTunnels tunnels;
    private final @Nullable RunFunction runFunction;

    /** Without a way to run them, every task fails and says what to configure. */
    CodeRunHandler(FunctionVersions versions, ResourceTunnels tunnels, @Nullable RunFunction runFunction) {
        this.versions = versions;
        this.tunnels = tunnels;
        this.runFunction = runFunction;
    }

    @Override
    public String type() {
        return "code.run";
    }

    @Override
    public JsonNode run(TaskContext context) throws TaskFailure, InterruptedException {
        if (runFunction == null) {
            throw TaskFailure.forGood("no-code-runner", "No code runner is configured (set bascule.runner.targets)");
        }
        FunctionVersion function = function(context);
        Map<String, String> secrets = secrets(context, function);
        try (var resources = new JobResources(context, function.resources(), tunnels)) {
            Result result = runFunction
                    .run(request(context, function, secrets), told(context, resources))
                    .orElseThrow(() -> TaskFailure.retryable(
                            "code-runners-busy", "No code runner had a free job space in time; try again later"));
            return outcome(result);
        } catch (StatusRuntimeException refused) {
            throw refusal(refused);
        }
    }

    /** The API looks at what the alias stands for when it is asked, which may be another version than was read here. */
    private static Map<String, String> secrets(TaskContext context, FunctionVersion function)
            throws TaskFailure, InterruptedException {
        try {
            return context.secrets(Set.copyOf(function.secrets()));
        } catch (TaskFailure refused) {
            boolean moved = FunctionReference.in(context.input()).mayMove();
            if (moved && refused.error().code().equals("secret-not-allowed")) {
                throw TaskFailure.retryable(
                        refused.error().code(), refused.error().message());
            }
            throw refused;
        }
    }

    private static JobEvents told(TaskContext context, JobResources resources) {
        return new JobEvents() {
            @Override
            public void logged(Log line) {
                context.log(level(line.getLevel()), line.getText());
            }

            @Override
            public void progressed(Progress step) {
                context.progress(Math.clamp(step.getPercent(), 0, 100), step.getMessage());
            }

            @Override
            public void resourceWanted(ResourceWanted wanted, JobResources.Calls calls) {
                resources.open(wanted, calls);
            }
        };
    }

    private static LogLevel level(Log.Level level) {
        return switch (level) {
            case DEBUG -> LogLevel.DEBUG;
            case WARN -> LogLevel.WARN;
            case ERROR -> LogLevel.ERROR;
            case INFO, UNRECOGNIZED -> LogLevel.INFO;
        };
    }

    private static TaskFailure refusal(StatusRuntimeException refused) {
        return switch (refused.getStatus().getCode()) {
            case FAILED_PRECONDITION ->
                TaskFailure.forGood(
                        "runtime-not-available",
                        String.valueOf(refused.getStatus().getDescription()));
            default -> TaskFailure.retryable("code-runner-refused", String.valueOf(refused.getMessage()));
        };
    }

    private FunctionVersion function(TaskContext context) throws TaskFailure {
        var wanted = FunctionReference.in(context.input());
        FunctionVersion found = versions.find(context.workspace(), wanted)
                .orElseThrow(
                        () -> TaskFailure.forGood("function-not-found", "There is no function " + wanted.described()));
        if (wanted.mayMove()) {
            // The input does not say it, and another attempt may get another one.
            context.log("Version %d of %s, which is %s".formatted(found.version(), found.name(), wanted.alias()));
        }
        return found;
    }

    private static RunRequest request(TaskContext context, FunctionVersion function, Map<String, String> secrets) {
        Duration own = Duration.ofSeconds(function.timeoutSeconds());
        Duration wall =
                context.remaining().filter(left -> left.compareTo(own) < 0).orElse(own);
        JsonNode input = context.input().path("input");
        return RunRequest.newBuilder()
                .setJob("%s-%d".formatted(context.task(), context.attempt()))
                .setFunction(code(function))
                .setInput(ByteString.copyFromUtf8(input.isMissingNode() ? "null" : input.toString()))
                .addAllEgressHosts(function.egress())
                .putAllSecrets(secrets)
                .addAllResources(function.resources())
                .setLimits(Limits.newBuilder()
                        .setWallMillis((int) Math.max(1, wall.toMillis()))
                        .setMemoryMib(function.memoryMib()))
                .build();
    }

    private static Function.Builder code(FunctionVersion function) {
        var code = Function.newBuilder()
                .setName(function.name())
                .setVersion(function.version())
                .setRuntime(runtime(function.code()));
        return switch (function.code().program()) {
            case FunctionVersion.Source(String text) -> code.setSource(text);
            case FunctionVersion.Bundle(ByteString archive, String main) ->
                code.setBundle(archive).setMain(main);
        };
    }

    private static Runtime runtime(FunctionVersion.Code code) {
        return switch (code.runtime()) {
            case "javascript" -> Runtime.RUNTIME_JAVASCRIPT;
            case "python" -> Runtime.RUNTIME_PYTHON;
            default -> Runtime.RUNTIME_UNSPECIFIED;
        };
    }

    private static JsonNode outcome(Result result) throws TaskFailure, InterruptedException {
        return switch (result.getOutcomeCase()) {
            case OUTPUT -> JSON.readTree(result.getOutput().toStringUtf8());
            case FAILURE -> throw TaskFailure.retryable("function-failed", told(result.getFailure()));
            case LIMIT -> throw limit(result.getLimit());
            case BUNDLE_PROBLEM -> throw notBuilt(result.getBundleProblem());
            case CANCELLED -> throw new InterruptedException("the job was cancelled");
            case OUTCOME_NOT_SET ->
                throw TaskFailure.retryable(
                        "runner-too-new", "The code runner answered in a way this worker cannot read");
        };
    }

    private static TaskFailure notBuilt(BundleProblem problem) {
        return problem.getPassing()
                ? TaskFailure.retryable("bundle-unavailable", problem.getMessage())
                : TaskFailure.forGood("bundle-not-built", problem.getMessage());
    }

    /** The stack begins with the message as it was when the error was made; what was added to it since is told before. */
    private static String told(Failure failure) {
        String brief = failure.getName() + ": " + failure.getMessage();
        String stack = failure.getStack();
        if (stack.isBlank()) {
            return brief;
        }
        return stack.contains(failure.getMessage()) ? stack : brief + "\n" + stack;
    }

    private static TaskFailure limit(LimitHit hit) {
        String kind = hit.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return TaskFailure.forGood(
                "limit-" + kind, "The function was stopped at its limit: %s %d".formatted(kind, hit.getAllowed()));
    }
}
