package io.bascule.cli.registry;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Agents: the programs at the locations. */
@Command(name = "agent", description = "Agents: list, create, join, revoke.", synopsisSubcommandLabel = "COMMAND")
public final class AgentCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("STATE", "/state"),
            Column.of("LAST SEEN", "/lastSeenAt"),
            Column.of("LABELS", "/labels"),
            Column.of("ID", "/id"));

    private final Shell shell;

    public AgentCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List agents.")
    int list(
            @Parameters(arity = "0..1", paramLabel = "TEXT", defaultValue = "", description = "Part of a name.")
                    String text,
            @Option(names = "--label", paramLabel = "K=V", defaultValue = "", description = "A label they must have.")
                    String label,
            @Option(names = "--state", defaultValue = "", description = "online, offline or never-joined.")
                    String state,
            @Option(names = "--limit", defaultValue = "1000", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/agents", Map.of("q", text, "label", label, "state", state), limit));
        return ExitCode.OK;
    }

    @Command(name = "create", description = "Make an agent known; it joins with a token from `agent token`.")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--label", paramLabel = "K=V", description = "A label; can be repeated.") @Nullable
                    Map<String, String> labels) {
        Map<String, Object> agent = Map.of("name", name, "labels", labels == null ? Map.of() : labels);
        shell.one(api().send(Call.post("/agents", agent)).body());
        return ExitCode.OK;
    }

    @Command(name = "token", description = "Make a join token: valid once, shown once.")
    int token(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--expires-in-minutes", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
                    int minutes) {
        String path = "/agents/%s/join-tokens".formatted(Call.segment(name));
        shell.one(
                api().send(Call.post(path, Map.of("expiresInMinutes", minutes))).body());
        return ExitCode.OK;
    }

    @Command(name = "revoke", description = "Revoke an agent: it can no longer connect.")
    int revoke(@Parameters(paramLabel = "NAME") String name) {
        api().send(Call.delete("/agents/" + Call.segment(name)));
        shell.say("Revoked " + name);
        return ExitCode.OK;
    }
}
