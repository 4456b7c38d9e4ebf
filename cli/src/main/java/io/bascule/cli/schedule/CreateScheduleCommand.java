package io.bascule.cli.schedule;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import io.bascule.cli.task.TaskOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a schedule. */
@Command(name = "create", description = "Submit a task again and again, by --cron or --every.")
public final class CreateScheduleCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "What people will call it.")
    private String name = "";

    @Option(
            names = "--cron",
            description = "Minute, hour, day of month, month, day of week, such as '0 9 * * MON-FRI'; or @daily.")
    private String cron = "";

    @Option(names = "--zone", description = "The time zone of --cron, such as Europe/Berlin; UTC by default.")
    private String zone = "";

    @Option(names = "--every", paramLabel = "TIME", description = "An interval: 30s, 15m, 1h30m, 1d.")
    private String every = "";

    @Option(names = "--jitter", paramLabel = "SECONDS", description = "Put each run off by up to so long.")
    private int jitter;

    @Option(
            names = "--missed",
            defaultValue = "skip",
            paramLabel = "POLICY",
            description = "What becomes of runs that were missed: skip (the default), once or all.")
    private String missed = "skip";

    @Option(names = "--type", required = true, description = "The task's type; `bascule task types` lists them.")
    private String type = "";

    @Mixin
    private final TaskOptions task = new TaskOptions();

    @Option(names = "--paused", description = "Let it rest until `bascule schedule resume`.")
    private boolean paused;

    public CreateScheduleCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Object> schedule = new HashMap<>(Map.of(
                "name",
                name,
                "when",
                when(),
                "jitterSeconds",
                jitter,
                "missedRuns",
                missed,
                "task",
                task.task(type, shell)));
        if (paused) {
            schedule.put("paused", true);
        }
        Api api = Api.signedIn(shell.environment());
        shell.one(api.send(Call.post("/schedules", schedule)).body());
        return ExitCode.OK;
    }

    private Map<String, Object> when() {
        if (cron.isEmpty() == every.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Give either --cron, such as '0 9 * * MON-FRI', or --every, such as 15m");
        }
        Map<String, Object> when = new HashMap<>();
        if (!every.isEmpty()) {
            when.put("every", Interval.iso(every));
        } else {
            when.put("cron", cron);
        }
        if (!zone.isEmpty()) {
            when.put("zone", zone);
        }
        return when;
    }
}
