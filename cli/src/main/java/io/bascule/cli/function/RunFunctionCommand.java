package io.bascule.cli.function;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import io.bascule.cli.task.TaskInput;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a function once and shows what it returned. */
@Command(
        name = "run",
        description = "Run a function. Exits 1 when it failed, 124 when it did not finish in the time to wait.")
public final class RunFunctionCommand implements Callable<Integer> {

    private static final Duration BEYOND_WAITING = Duration.ofSeconds(15);

    private final Shell shell;

    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Option(
            names = "--input",
            defaultValue = "{}",
            paramLabel = "JSON",
            description = "JSON, @FILE, or - for standard input.")
    private String input = "{}";

    @Option(names = "--version-number", paramLabel = "N", description = "This version instead of the one that is live.")
    private int version;

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            description = "The version that this alias stands for; live unless given.")
    private String alias = "";

    @Option(
            names = "--wait",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "Wait so long for the result, 60 at most (${DEFAULT-VALUE}).")
    private int wait;

    public RunFunctionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Object> wanted = new HashMap<>(Map.of("input", TaskInput.read(input, shell)));
        if (version != 0) {
            wanted.put("version", version);
        }
        if (!alias.isEmpty()) {
            wanted.put("alias", alias);
        }
        Answer answer = Api.signedIn(shell.environment())
                .send(Call.post("/functions/%s:run".formatted(Call.segment(name)), wanted)
                        .with("Idempotency-Key", UUID.randomUUID().toString())
                        .with("Prefer", "wait=" + wait)
                        .waiting(Duration.ofSeconds(wait).plus(BEYOND_WAITING)));
        return tell(answer);
    }

    private int tell(Answer answer) {
        String state = answer.body().path("state").asString("");
        if (answer.status() == 202) {
            shell.say("Not finished after %d s: bascule task get %s"
                    .formatted(wait, answer.body().path("id").asString()));
            return ExitCode.TIMED_OUT;
        }
        if (state.equals("succeeded")) {
            shell.one(answer.body().path("result"));
            return ExitCode.OK;
        }
        shell.say("%s: %s"
                .formatted(
                        answer.body().path("error").path("code").asString(state),
                        answer.body().path("error").path("message").asString("")));
        return ExitCode.FAILED;
    }
}
