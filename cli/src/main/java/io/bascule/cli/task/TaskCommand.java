package io.bascule.cli.task;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tasks, once they are submitted. */
@Command(
        name = "task",
        description = "Tasks: submit, get, result, list, logs, why, cancel, retry.",
        synopsisSubcommandLabel = "COMMAND")
public final class TaskCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "/id"),
            Column.of("TYPE", "/type"),
            Column.of("STATE", "/state"),
            Column.of("QUEUE", "/queue"),
            Column.of("BY", "/submittedBy/name"),
            Column.of("CREATED", "/createdAt"),
            Column.of("FINISHED", "/finishedAt"));

    private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(5);

    private final Shell shell;

    public TaskCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List tasks, the newest first.")
    int list(
            @Option(names = "--state", defaultValue = "", description = "Only in this state.") String state,
            @Option(names = "--type", defaultValue = "", description = "Only of this type.") String type,
            @Option(names = "--queue", defaultValue = "", description = "Only in this queue.") String queue,
            @Option(names = "--limit", defaultValue = "50", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        Map<String, String> filters = Map.of("state", state, "type", type, "queue", queue);
        shell.list(COLUMNS, Pages.read(api(), "/tasks", filters, limit));
        return ExitCode.OK;
    }

    @Command(name = "types", description = "List the types of tasks that can be submitted.")
    int types() {
        List<Column> columns = List.of(Column.of("TYPE", "/type"), Column.of("DESCRIPTION", "/description"));
        shell.list(columns, Pages.read(api(), "/task-types", Map.of(), 100));
        return ExitCode.OK;
    }

    @Command(name = "get", description = "Show a task and its result.")
    int get(@Parameters(paramLabel = "ID") String id) {
        shell.one(api().send(Call.get("/tasks/" + Call.segment(id))).body());
        return ExitCode.OK;
    }

    @Command(name = "result", description = "Print the result of a task as JSON, whatever its size.")
    int result(@Parameters(paramLabel = "ID") String id) {
        shell.out()
                .println(api().send(Call.get("/tasks/%s/result".formatted(Call.segment(id)))
                                .waiting(LONGEST_DOWNLOAD))
                        .body());
        return ExitCode.OK;
    }

    @Command(
            name = "logs",
            description = "Show what a task says. With --follow until it ends; exits 1 when it did not succeed.")
    int logs(
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Go on until the task ends.")
                    boolean follow,
            @Option(names = "--timestamps", description = "Begin each line with its time.") boolean timestamps) {
        var log = new TaskLog(api(), shell, timestamps);
        return follow ? log.follow(id) : log.print(id);
    }

    @Command(name = "why", description = "Say why a task does not run.")
    int why(@Parameters(paramLabel = "ID") String id) {
        shell.one(api().send(Call.get("/tasks/%s:why".formatted(Call.segment(id))))
                .body());
        return ExitCode.OK;
    }

    @Command(name = "cancel", description = "Cancel a task that has not finished.")
    int cancel(@Parameters(paramLabel = "ID") String id) {
        return act(id, "cancel");
    }

    @Command(name = "retry", description = "Run a task that failed once more.")
    int retry(@Parameters(paramLabel = "ID") String id) {
        return act(id, "retry");
    }

    private int act(String id, String action) {
        shell.one(api().send(Call.post("/tasks/%s:%s".formatted(Call.segment(id), action), Map.of()))
                .body());
        return ExitCode.OK;
    }
}
