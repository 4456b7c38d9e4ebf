package io.bascule.cli.dev;

import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import io.bascule.local.LocalControl;
import io.bascule.local.LocalControl.PartStatus;
import io.bascule.local.LocalOptions;
import io.bascule.local.LocalOptions.Data;
import io.bascule.local.LocalPlatform;
import io.bascule.local.Ports;
import io.bascule.local.process.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the whole platform on this machine until it is stopped. */
@Command(
        name = "dev",
        description = "Run the whole platform on this machine; its data is kept in .bascule.",
        subcommands = {})
public final class DevCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("STATE", "/state"),
            Column.of("PID", "/pid"),
            Column.of("PORT", "/port"),
            Column.of("STARTED", "/startedAt"),
            Column.of("CPU S", "/cpuSeconds"),
            Column.of("MEMORY MB", "/memoryMegabytes"));

    private final Shell shell;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "The API's port; all others follow it (${DEFAULT-VALUE}).")
    private int portBase;

    @Option(names = "--without", split = ",", paramLabel = "PART", description = "Parts to leave out.")
    private Set<String> without = Set.of();

    @Option(names = "--ephemeral", description = "Begin without data and keep none.")
    private boolean ephemeral;

    @Option(names = "--reset", description = "Delete the data of earlier runs first.")
    private boolean reset;

    @Option(
            names = "--npm-registry",
            paramLabel = "URL",
            description = "Where functions' packages in JavaScript come from (https://registry.npmjs.org).")
    private @Nullable String npmRegistry;

    @Option(
            names = "--python-index",
            paramLabel = "URL",
            description = "Where functions' packages in Python come from (https://pypi.org/simple).")
    private @Nullable String pythonIndex;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Where data and logs are kept (.bascule in the checkout).")
    private @Nullable Path home;

    public DevCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Terminal terminal = new Terminal(shell.out(), isColoured());
        Data data = ephemeral ? Data.EPHEMERAL : reset ? Data.RESET : Data.KEEP;
        var registries = new LocalOptions.Registries(npmRegistry, pythonIndex);
        LocalOptions options =
                new LocalOptions(Platform.checkout(), home(), new Ports(portBase), without, data, registries);
        LocalPlatform platform = new LocalPlatform(options, terminal, InstantSource.system());
        CountDownLatch finished = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(platform, finished), "stop-on-signal"));
        try {
            platform.run();
        } finally {
            finished.countDown();
        }
        return ExitCode.OK;
    }

    /** A signal ends the machine as soon as its hooks return, so this one waits, and sets the exit code. */
    private static void stopOnSignal(LocalPlatform platform, CountDownLatch finished) {
        if (finished.getCount() == 0) {
            return;
        }
        platform.stop();
        try {
            finished.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.OK);
    }

    private boolean isColoured() {
        return shell.terminal().isPresent()
                && shell.environment().getOrDefault("NO_COLOR", "").isEmpty();
    }

    private Path home() {
        return home == null ? Platform.checkout().resolve(".bascule") : home;
    }

    private LocalControl control() {
        return new LocalControl(home());
    }

    @Command(name = "status", description = "Show the processes of the platform.")
    int status() {
        List<PartStatus> status = control().status();
        List<JsonNode> parts = status.stream()
                .map(part -> JsonMapper.shared().<JsonNode>valueToTree(part))
                .toList();
        if (parts.isEmpty()) {
            shell.say("Nothing runs from " + home());
            return ExitCode.FAILED;
        }
        shell.list(COLUMNS, parts);
        shell.say("%.1f CPU seconds, %d MB (PSS) in all"
                .formatted(
                        status.stream().mapToDouble(PartStatus::cpuSeconds).sum(),
                        status.stream().mapToLong(PartStatus::memoryMegabytes).sum()));
        return ExitCode.OK;
    }

    @Command(name = "logs", description = "Print what a part has logged, or all of them.")
    int logs(
            @Parameters(arity = "0..1", paramLabel = "NAME") @Nullable String name,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Go on until Ctrl-C.")
                    boolean follow) {
        LocalControl control = control();
        List<String> names = name == null ? control.names() : List.of(name);
        new LogReader(shell.out(), names.size() > 1).print(names, control::log, follow);
        return ExitCode.OK;
    }

    @Command(name = "stop", description = "Stop the platform and wait for its end.")
    int stop() {
        control().stop();
        shell.say("Stopped");
        return ExitCode.OK;
    }

    @Command(name = "kill", description = "Kill one process, as a crash would; it is started again.")
    int kill(@Parameters(paramLabel = "NAME") String name) {
        control().kill(name);
        shell.say("Killed " + name);
        return ExitCode.OK;
    }
}
