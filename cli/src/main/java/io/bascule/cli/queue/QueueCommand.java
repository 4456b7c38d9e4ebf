package io.bascule.cli.queue;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Queues: how much runs at once, and whether anything does. */
@Command(
        name = "queue",
        description = "Queues: list, create, set, pause, resume, purge, remove; the workspace's quota.",
        synopsisSubcommandLabel = "COMMAND")
public final class QueueCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("PAUSED", "/paused"),
            Column.of("LIMIT", "/concurrencyLimit"),
            Column.of("PER KEY", "/keyLimit"),
            Column.of("READY", "/ready"),
            Column.of("RUNNING", "/running"),
            Column.of("DELAYED", "/delayed"),
            Column.of("HELD", "/held"),
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
                    int concurrency,
            @Option(
                            names = "--per-key",
                            defaultValue = "1",
                            paramLabel = "N",
                            description = "How many of those with the same concurrency key (${DEFAULT-VALUE}).")
                    int perKey) {
        shell.one(api().send(
                        Call.post("/queues", Map.of("name", name, "concurrencyLimit", concurrency, "keyLimit", perKey)))
                .body());
        return ExitCode.OK;
    }

    @Command(name = "set", description = "Change how many tasks of a queue may run at once; what runs goes on.")
    int set(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--concurrency", required = true, paramLabel = "N", description = "1 to 10000.")
                    int concurrency,
            @Option(
                            names = "--per-key",
                            paramLabel = "N",
                            description = "Of those with the same concurrency key, 1 to 10000; as it was without it.")
                    @Nullable
                    Integer perKey) {
        Api api = api();
        Answer found = api.send(Call.get(path(name)));
        Map<String, Object> limits = perKey == null
                ? Map.of("concurrencyLimit", concurrency)
                : Map.of("concurrencyLimit", concurrency, "keyLimit", perKey);
        Call change = Call.put(path(name), limits);
        shell.one(api.send(change.with("If-Match", found.entityTag())).body());
        return ExitCode.OK;
    }

    @Command(
            name = "quota",
            description = "Show or change how many queued tasks the workspace runs at once, in all queues.")
    int quota(
            @Parameters(paramLabel = "N", arity = "0..1", description = "1 to 100000, or none.") @Nullable
                    String limit) {
        Call call = limit == null ? Call.get("/quota") : Call.put("/quota", wanted(limit));
        shell.one(api().send(call).body());
        return ExitCode.OK;
    }

    private static Map<String, Object> wanted(String limit) {
        try {
            return limit.equals("none") ? Map.of() : Map.of("queuedTasks", Integer.parseInt(limit));
        } catch (NumberFormatException refused) {
            throw new CommandFailure(ExitCode.USAGE, "quota: %s (expected: a number, or none)".formatted(limit));
        }
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
        api().remove(path(name));
        shell.say("Removed " + name);
        return ExitCode.OK;
    }

    private static String path(String name) {
        return "/queues/" + Call.segment(name);
    }
}
