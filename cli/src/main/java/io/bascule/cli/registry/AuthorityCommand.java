package io.bascule.cli.registry;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** The authorities that sign the certificates of agents, bridges and clients. */
@Command(
        name = "authority",
        description = "The platform's certificate authority: list, rotate.",
        synopsisSubcommandLabel = "COMMAND")
public final class AuthorityCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("STATE", "/state"),
            Column.of("SIGNS FROM", "/signsFrom"),
            Column.of("TRUSTED UNTIL", "/trustedUntil"),
            Column.of("EXPIRES", "/expiresAt"),
            Column.of("FINGERPRINT", "/fingerprint"));

    private final Shell shell;

    public AuthorityCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List the authorities that are believed, the one that signs first.")
    int list() {
        return show(api().send(Call.get("/authorities")));
    }

    @Command(
            name = "rotate",
            description = "Make a new authority, which takes the place of the present one.",
            footer = "Nobody notices: it signs after 31 days, and the old one is believed for 31 days more.")
    int rotate() {
        return show(api().send(Call.post("/authorities:rotate", Map.of())));
    }

    private int show(Answer answer) {
        List<JsonNode> authorities = answer.body().path("items").valueStream().toList();
        shell.list(COLUMNS, authorities);
        return ExitCode.OK;
    }
}
