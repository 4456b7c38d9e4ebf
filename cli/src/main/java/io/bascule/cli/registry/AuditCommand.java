package io.bascule.cli.registry;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows who did what. */
@Command(name = "audit", description = "Show who did what, the latest first.")
public final class AuditCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("WHEN", "/occurredAt"),
            Column.of("WHO", "/actor/name"),
            Column.of("FROM", "/address"),
            Column.of("ACTION", "/action"),
            Column.of("WHAT", "/target/name"),
            Column.of("OUTCOME", "/outcome"));

    private final Shell shell;

    @Option(names = "--action", description = "Only this action, such as tunnel.open.")
    private String action = "";

    @Option(names = "--actor", description = "Only what this one did.")
    private String actor = "";

    @Option(names = "--limit", defaultValue = "50", description = "How many at most (${DEFAULT-VALUE}).")
    private int limit;

    public AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Api api = Api.signedIn(shell.environment());
        shell.list(COLUMNS, Pages.read(api, "/audit-events", Map.of("action", action, "actor", actor), limit));
        return ExitCode.OK;
    }
}
