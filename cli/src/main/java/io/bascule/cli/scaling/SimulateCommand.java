package io.bascule.cli.scaling;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import io.bascule.scaling.Course;
import io.bascule.scaling.Load;
import io.bascule.scaling.LoadText;
import io.bascule.scaling.Moment;
import io.bascule.scaling.Policy;
import io.bascule.scaling.RecordedLoad;
import io.bascule.scaling.ScalingFile;
import io.bascule.scaling.Signal;
import io.bascule.scaling.Simulation;
import io.bascule.scaling.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Replays a load against the policy of a component. */
@Command(
        name = "simulate",
        description = {
            "Show how many pods a component would have under a load.",
            "Reckons as Kubernetes' HPA does, with the numbers that this program was built with; memory is left out."
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROWS = 60;
    private static final List<Column> COLUMNS = List.of(
            Column.of("SECOND", "/second"),
            Column.of("ARRIVE/S", "/arrivals"),
            Column.of("WAITING", "/waiting"),
            Column.of("RUNNING", "/running"),
            Column.of("PODS", "/pods"),
            Column.of("READY", "/ready"));

    private final Shell shell;

    @Parameters(paramLabel = "COMPONENT", description = "Such as instant-worker or custom-code-runner.")
    private String component = "";

    @Option(
            names = "--load",
            required = true,
            paramLabel = "LOAD",
            description = "Jobs a second: " + LoadText.FORMS + "; or @FILE with " + RecordedLoad.FORMS + ".")
    private String load = "";

    @Option(
            names = "--job-seconds",
            defaultValue = "1",
            paramLabel = "SECONDS",
            description = "How long a job takes (${DEFAULT-VALUE}); of services that scale on processors, its processor"
                    + " time.")
    private double jobSeconds;

    @Option(
            names = "--start-seconds",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description = "From when a pod is made until it works (${DEFAULT-VALUE}).")
    private int startSeconds;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "For how long (60, or as long as the load that was recorded).")
    private @Nullable Integer minutes;

    @Option(names = "--slots", paramLabel = "N", description = "Jobs that a pod runs at once, other than deployed.")
    private @Nullable Integer slots;

    @Option(
            names = "--numbers",
            paramLabel = "FILE",
            description = "Another scaling.yaml than the one that this program was built with.")
    private @Nullable Path numbers;

    public SimulateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        try {
            Policy policy = numbers().policy(component);
            Work work = new Work(jobSeconds, slots == null ? policy.slots() : slots, startSeconds);
            Load load = load();
            Course course = new Simulation(policy, work).run(load, seconds(load));
            shell.list(COLUMNS, rows(course));
            shell.say(told(policy, course.summary()));
            return ExitCode.OK;
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(refused.getMessage()), refused);
        }
    }

    private Load load() throws IOException {
        return load.startsWith("@")
                ? RecordedLoad.read(Files.readString(Path.of(load.substring(1))))
                : LoadText.read(load);
    }

    private int seconds(Load arriving) {
        if (minutes == null) {
            return arriving instanceof Load.Recorded recorded ? recorded.seconds() : 3600;
        }
        return Math.multiplyExact(minutes, 60);
    }

    private ScalingFile numbers() throws IOException {
        if (numbers == null) {
            return ScalingFile.deployed();
        }
        try (InputStream file = Files.newInputStream(numbers)) {
            return ScalingFile.of(file);
        }
    }

    private static List<JsonNode> rows(Course course) {
        int every = Math.max(1, course.moments().size() / ROWS);
        return course.moments().stream()
                .filter(moment -> moment.second() % every == 0)
                .map(SimulateCommand::row)
                .toList();
    }

    private static JsonNode row(Moment moment) {
        ObjectNode row = JSON.createObjectNode();
        row.put("second", moment.second());
        row.put("arrivals", tenths(moment.arrivals()));
        row.put("waiting", tenths(moment.waiting()));
        row.put("running", tenths(moment.running()));
        row.put("pods", moment.pods());
        row.put("ready", moment.ready());
        return row;
    }

    private static double tenths(double number) {
        return Math.round(number * 10) / 10.0;
    }

    private static String told(Policy policy, Course.Summary summary) {
        return """
            %s: %d to %d pods by %s
            %d pods at most, %.1f pod hours, %d changes; %.0f jobs waited at most; half of all waited %.1f s or less, 99 of 100 %.1f s\
            """.formatted(
                        policy.component(),
                        policy.pods().min(),
                        policy.pods().max(),
                        policy.signals().stream().map(Signal::text).collect(Collectors.joining(" and ")),
                        summary.mostPods(),
                        summary.podHours(),
                        summary.changes(),
                        summary.mostWaiting(),
                        summary.waitP50(),
                        summary.waitP99());
    }
}
