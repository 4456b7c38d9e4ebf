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
import picocli.CommandLine.Parameters;

/** Lists what can be reached. */
@Command(name = "ls", description = "List resources.")
public final class ListResourcesCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("KIND", "/kind"),
            Column.of("AGENT", "/agent/name"),
            Column.of("STATE", "/agent/state"),
            Column.of("HOST", "/host"),
            Column.of("PORT", "/port"),
            Column.of("LABELS", "/labels"));

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "Part of a name.")
    private String text = "";

    @Option(names = "--kind", description = "tcp, ssh, http, kubernetes, postgres or mysql.")
    private String kind = "";

    @Option(names = "--label", paramLabel = "K=V", description = "A label they must have.")
    private String label = "";

    @Option(names = "--limit", defaultValue = "1000", description = "How many at most (${DEFAULT-VALUE}).")
    private int limit;

    public ListResourcesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Api api = Api.signedIn(shell.environment());
        shell.list(COLUMNS, Pages.read(api, "/resources", Map.of("q", text, "kind", kind, "label", label), limit));
        return ExitCode.OK;
    }
}
