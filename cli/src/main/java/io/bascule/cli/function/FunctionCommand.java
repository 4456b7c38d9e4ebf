package io.bascule.cli.function;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import io.bascule.cli.task.TaskLog;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Functions, once they are deployed. */
@Command(
        name = "fn",
        description = "Functions: ls, init, deploy, alias, run, runs, logs, show, versions, diff, rm.",
        synopsisSubcommandLabel = "COMMAND")
public final class FunctionCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("RUNTIME", "/runtime"),
            Column.of("VERSION", "/latestVersion"),
            Column.of("LIVE", "/liveVersion"),
            Column.of("UPDATED", "/updatedAt"));
    private static final List<Column> VERSION_COLUMNS = List.of(
            Column.of("VERSION", "/version"),
            Column.of("ALIASES", "/aliases"),
            Column.of("BYTES", "/sourceBytes"),
            Column.of("BUNDLE", "/bundle/bytes"),
            Column.of("TIMEOUT", "/timeoutSeconds"),
            Column.of("MEMORY", "/memoryMib"),
            Column.of("EGRESS", "/egress"),
            Column.of("CREATED", "/createdAt"));
    private static final List<Column> CHANGE_COLUMNS =
            List.of(Column.of("FILE", "/path"), Column.of("CHANGE", "/kind"));
    private static final List<Column> RUN_COLUMNS = List.of(
            Column.of("TASK", "/id"),
            Column.of("VERSION", "/input/version"),
            Column.of("ALIAS", "/input/alias"),
            Column.of("STATE", "/state"),
            Column.of("ERROR", "/error/code"),
            Column.of("BY", "/submittedBy/name"),
            Column.of("CREATED", "/createdAt"));
    private static final int MOST_TASKS = 1000;

    private final Shell shell;

    public FunctionCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List functions.")
    int list(
            @Option(names = "--limit", defaultValue = "1000", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/functions", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Show a function with its newest code.")
    int show(@Parameters(paramLabel = "NAME") String name) {
        shell.one(api().send(Call.get(path(name))).body());
        return ExitCode.OK;
    }

    @Command(name = "versions", description = "List the versions of a function, the newest first.")
    int versions(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--limit", defaultValue = "50", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(VERSION_COLUMNS, Pages.read(api(), path(name) + "/versions", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(name = "diff", description = "List the files and settings in which a version differs from another.")
    int diff(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "VERSION") int version,
            @Option(
                            names = "--since",
                            paramLabel = "N",
                            description = "The other version; the one before unless given.")
                    @Nullable
                    Integer since) {
        String of = "%s/versions/%d/changes".formatted(path(name), version);
        JsonNode changes = api().send(Call.get(since == null ? of : of + "?since=" + since))
                .body();
        changes.path("settings").forEach(setting -> shell.say("changed: " + setting.asString()));
        shell.list(CHANGE_COLUMNS, changes.path("files").valueStream().toList());
        return ExitCode.OK;
    }

    @Command(name = "runs", description = "List recent runs of a function; `bascule task get` shows one of them.")
    int runs(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--limit", defaultValue = "20", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(RUN_COLUMNS, runsOf(name).limit(limit).toList());
        return ExitCode.OK;
    }

    @Command(
            name = "logs",
            description = "Show what the newest run of a function says. With --follow until it ends;"
                    + " exits 1 when it did not succeed.")
    int logs(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Go on until the run ends.")
                    boolean follow,
            @Option(names = "--timestamps", description = "Begin each line with its time.") boolean timestamps) {
        String task = runsOf(name)
                .findFirst()
                .map(run -> run.path("id").asString())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND, "No run of %s is among the newest %d".formatted(name, MOST_TASKS)));
        shell.say("Task " + task);
        var log = new TaskLog(api(), shell, timestamps);
        return follow ? log.follow(task) : log.print(task);
    }

    private Stream<JsonNode> runsOf(String name) {
        return Pages.read(api(), "/tasks", Map.of("type", "code.run"), MOST_TASKS).stream()
                .filter(task -> task.path("input").path("function").asString("").equals(name));
    }

    @Command(name = "rm", description = "Delete a function with all its versions.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        api().send(Call.delete(path(name)));
        shell.say("Deleted " + name);
        return ExitCode.OK;
    }

    private static String path(String name) {
        return "/functions/" + Call.segment(name);
    }
}
