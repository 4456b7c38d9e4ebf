package io.bascule.cli.tunnel;

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

/** Tunnels of everyone: which are open, and ending one. */
@Command(name = "tunnel", description = "Open tunnels: list, close.", synopsisSubcommandLabel = "COMMAND")
public final class TunnelCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "/id"),
            Column.of("RESOURCE", "/resource/name"),
            Column.of("USER", "/user/name"),
            Column.of("AGENT", "/agent/name"),
            Column.of("BRIDGE", "/bridge"),
            Column.of("STATE", "/state"),
            Column.of("OPENED", "/openedAt"));

    private final Shell shell;

    public TunnelCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List open tunnels.")
    int list(
            @Option(names = "--limit", defaultValue = "100", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/tunnels", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(name = "close", description = "Close a tunnel.")
    int close(@Parameters(paramLabel = "ID") String id) {
        api().send(Call.delete("/tunnels/" + Call.segment(id)));
        shell.say("Closing " + id);
        return ExitCode.OK;
    }
}
