package io.bascule.cli.task;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits a task and, if asked to, waits for its result. */
@Command(
        name = "submit",
        description = "Submit a task. Exits 1 when it failed, 124 when it did not finish in the time to wait.")
public final class SubmitCommand implements Callable<Integer> {

    private static final Duration BEYOND_WAITING = Duration.ofSeconds(15);

    private final Shell shell;

    @Parameters(paramLabel = "TYPE", description = "Its type; `bascule task types` lists them.")
    private String type = "";

    @Option(names = "--wait", paramLabel = "SECONDS", description = "Wait so long for the result, 60 at most.")
    private int wait;

    @Mixin
    private final TaskOptions task = new TaskOptions();

    public SubmitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Api api = Api.signedIn(shell.environment());
        Answer answer = api.send(call(task.task(type, shell)));
        shell.one(answer.body());
        return exitCode(answer);
    }

    /** The key lets the server recognise the task, should the connection break and the person try again. */
    private Call call(Map<String, Object> task) {
        Call call = Call.post("/tasks", task)
                .with("Idempotency-Key", UUID.randomUUID().toString());
        return wait == 0
                ? call
                : call.with("Prefer", "wait=" + wait)
                        .waiting(Duration.ofSeconds(wait).plus(BEYOND_WAITING));
    }

    private int exitCode(Answer answer) {
        if (wait > 0 && answer.status() == 202) {
            shell.say("Not finished after %d s: bascule task get %s"
                    .formatted(wait, answer.body().path("id").asString()));
            return ExitCode.TIMED_OUT;
        }
        return switch (answer.body().path("state").asString("")) {
            case "failed", "expired", "cancelled" -> ExitCode.FAILED;
            default -> ExitCode.OK;
        };
    }
}
