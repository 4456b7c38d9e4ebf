package io.bascule.cli.queue;

import io.bascule.cli.api.Answer;
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
import tools.jackson.databind.JsonNode;

/** Queues: how much runs at once, and whether anything does. */
@Command(
        name = "queue",
        description = "Queues: list, create, set, pause, resume, purge, remove.",
        synopsisSubcommandLabel = "COMMAND")
public final class QueueCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("PAUSED", "/paused"),
            Column.of("LIMIT", "/concurrencyLimit"),
            Column.of("READY", "/ready"),
            Column.of("RUNNING", "/running"),
            Column.of("DELAYED", "/delayed"),
            Column.of("OLDEST READY", "/oldestReadyAt"));
    private static final Duration LONGEST_PURGE = Duration.ofMinutes(5);

    private final Shell shell;

    public QueueCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List queues and what they hold.")
    int list(
            @Option(names = "--limit", defaultValue = "1000", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/queues", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(name = "create", description = "Create a queue.")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--concurrency",
                            defaultValue = "1",
                            paramLabel = "N",
                            description = "How many of its tasks may run at once (${DEFAULT-VALUE}).")
                    int concurrency) {
        shell.one(api().send(Call.post("/queues", Map.of("name", name, "concurrencyLimit", concurrency)))
                .body());
        return ExitCode.OK;
    }

    @Command(name = "set", description = "Change how many tasks of a queue may run at once; what runs goes on.")
    int set(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--concurrency", required = true, paramLabel = "N", description = "1 to 10000.")
                    int concurrency) {
        Api api = api();
        Answer found = api.send(Call.get(path(name)));
        Call change = Call.put(path(name), Map.of("concurrencyLimit", concurrency));
        shell.one(api.send(change.with("If-Match", found.entityTag())).body());
        return ExitCode.OK;
    }

    @Command(name = "pause", description = "Start no more tasks of a queue; what runs goes on.")
    int pause(@Parameters(paramLabel = "NAME") String name) {
        shell.one(api().send(Call.post(path(name) + ":pause", Map.of())).body());
        return ExitCode.OK;
    }

    @Command(name = "resume", description = "Start tasks of a queue again.")
    int resume(@Parameters(paramLabel = "NAME") String name) {
        shell.one(api().send(Call.post(path(name) + ":resume", Map.of())).body());
        return ExitCode.OK;
    }

    @Command(name = "purge", description = "Cancel what waits in a queue or is delayed; what runs goes on.")
    int purge(@Parameters(paramLabel = "NAME") String name) {
        Api api = api();
        long purged = 0;
        boolean more = true;
        while (more) {
            Call call = Call.post(path(name) + ":purge", Map.of()).waiting(LONGEST_PURGE);
            JsonNode answer = api.send(call).body();
            purged += answer.path("purged").asLong(0);
            more = answer.path("more").asBoolean(false);
        }
        shell.say("Cancelled %d tasks of %s".formatted(purged, name));
        return ExitCode.OK;
    }

    @Command(name = "rm", description = "Remove an empty queue.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        Api api = api();
        Answer found = api.send(Call.get(path(name)));
        api.send(Call.delete(path(name)).with("If-Match", found.entityTag()));
        shell.say("Removed " + name);
        return ExitCode.OK;
    }

    private static String path(String name) {
        return "/queues/" + Call.segment(name);
    }
}
