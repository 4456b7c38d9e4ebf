package io.bascule.cli.schedule;

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

/** Schedules, once they are made. */
@Command(
        name = "schedule",
        description = "Schedules: list, create, get, pause, resume, run, remove.",
        synopsisSubcommandLabel = "COMMAND")
public final class ScheduleCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("CRON", "/when/cron"),
            Column.of("ZONE", "/when/zone"),
            Column.of("EVERY", "/when/every"),
            Column.of("TYPE", "/task/type"),
            Column.of("PAUSED", "/paused"),
            Column.of("NEXT", "/nextRunAt"),
            Column.of("LAST", "/lastRun/at"),
            Column.of("ERROR", "/lastError/message"));

    private final Shell shell;

    public ScheduleCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List schedules.")
    int list(
            @Option(names = "--limit", defaultValue = "1000", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/schedules", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(name = "get", description = "Show a schedule, its next run and its last.")
    int get(@Parameters(paramLabel = "NAME") String name) {
        shell.one(api().send(Call.get(path(name))).body());
        return ExitCode.OK;
    }

    @Command(name = "pause", description = "Let a schedule rest.")
    int pause(@Parameters(paramLabel = "NAME") String name) {
        return act(name, "pause");
    }

    @Command(name = "resume", description = "Let a paused schedule go on with its next time.")
    int resume(@Parameters(paramLabel = "NAME") String name) {
        return act(name, "resume");
    }

    @Command(name = "run", description = "Submit a schedule's task now, beside its times.")
    int run(@Parameters(paramLabel = "NAME") String name) {
        return act(name, "run");
    }

    @Command(name = "rm", description = "Remove a schedule; the tasks it submitted stay.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        api().remove(path(name));
        shell.say("Removed " + name);
        return ExitCode.OK;
    }

    private int act(String name, String action) {
        shell.one(api().send(Call.post(path(name) + ":" + action, Map.of())).body());
        return ExitCode.OK;
    }

    private static String path(String name) {
        return "/schedules/" + Call.segment(name);
    }
}
