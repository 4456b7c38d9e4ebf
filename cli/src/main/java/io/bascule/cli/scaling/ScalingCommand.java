package io.bascule.cli.scaling;

import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import io.bascule.scaling.Policy;
import io.bascule.scaling.ScalingFile;
import io.bascule.scaling.Signal;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Policies of scaling: which there are, and what they would do. */
@Command(name = "scaling", description = "Scaling: ls, simulate.", synopsisSubcommandLabel = "COMMAND")
public final class ScalingCommand {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<Column> COLUMNS = List.of(
            Column.of("COMPONENT", "/component"),
            Column.of("MIN", "/min"),
            Column.of("MAX", "/max"),
            Column.of("SLOTS", "/slots"),
            Column.of("SIGNALS", "/signals"));

    private final Shell shell;

    public ScalingCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(name = "ls", description = "List what scales, and on what.")
    int list() {
        ScalingFile file = ScalingFile.deployed();
        shell.list(
                COLUMNS,
                file.components().stream()
                        .map(file::policy)
                        .map(ScalingCommand::row)
                        .toList());
        return ExitCode.OK;
    }

    private static JsonNode row(Policy policy) {
        ObjectNode row = JSON.createObjectNode();
        row.put("component", policy.component());
        row.put("min", policy.pods().min());
        row.put("max", policy.pods().max());
        row.put("slots", policy.slots());
        row.put("signals", policy.signals().stream().map(Signal::text).collect(Collectors.joining(" and ")));
        return row;
    }
}
