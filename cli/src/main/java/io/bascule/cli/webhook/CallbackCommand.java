package io.bascule.cli.webhook;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Callbacks: addresses that single tasks tell of their ends. */
@Command(
        name = "callback",
        description = "Callbacks of tasks: rotate the secret that signs them, show, deliveries, redeliver.",
        synopsisSubcommandLabel = "COMMAND")
public final class CallbackCommand {

    private static final List<Column> DELIVERIES = List.of(
            Column.of("ID", "/id"),
            Column.of("TASK", "/task"),
            Column.of("URL", "/url"),
            Column.of("STATE", "/state"),
            Column.of("ATTEMPTS", "/attempts"),
            Column.of("CREATED", "/createdAt"),
            Column.of("NEXT", "/nextAttemptAt"),
            Column.of("STATUS", "/lastStatus"),
            Column.of("ERROR", "/lastError"));

    private final Shell shell;

    public CallbackCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(
            name = "rotate",
            description = "Make the secret that signs callbacks, the first or a new one. It is shown once.")
    int rotate(
            @Option(
                            names = "--overlap",
                            defaultValue = "86400",
                            paramLabel = "SECONDS",
                            description = "The present secret signs beside it for so long (${DEFAULT-VALUE}).")
                    int overlap) {
        Answer answer = api().send(Call.post("/callbacks:rotateSecret", Map.of("overlapSeconds", overlap)));
        shell.one(answer.body());
        shell.say("Keep the secret: it is not shown again");
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Show where a task tells of its end, and what became of it.")
    int show(@Parameters(paramLabel = "TASK") String task) {
        shell.one(api().send(Call.get("/tasks/%s/callback".formatted(Call.segment(task))))
                .body());
        return ExitCode.OK;
    }

    @Command(name = "deliveries", description = "List the deliveries of callbacks, newest first.")
    int deliveries(
            @Option(names = "--state", defaultValue = "", description = "waiting, sending, delivered or failed.")
                    String state,
            @Option(names = "--limit", defaultValue = "100", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(DELIVERIES, Pages.read(api(), "/callbacks/deliveries", Map.of("state", state), limit));
        return ExitCode.OK;
    }

    @Command(name = "redeliver", description = "Tell of a task's end again, whatever became of the delivery.")
    int redeliver(@Parameters(paramLabel = "DELIVERY") String delivery) {
        shell.one(
                api().send(Call.post("/callbacks/deliveries/%s:redeliver".formatted(Call.segment(delivery)), Map.of()))
                        .body());
        return ExitCode.OK;
    }
}
