package io.bascule.cli.account;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The person's own tokens. */
@Command(name = "token", description = "Personal tokens: list, create, revoke.", synopsisSubcommandLabel = "COMMAND")
public final class TokenCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "/id"),
            Column.of("NAME", "/name"),
            Column.of("CREATED", "/createdAt"),
            Column.of("EXPIRES", "/expiresAt"),
            Column.of("LAST USED", "/lastUsedAt"),
            Column.of("REVOKED", "/revokedAt"));

    private final Shell shell;

    public TokenCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List your tokens.")
    int list(
            @Option(names = "--limit", defaultValue = "100", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/tokens", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(name = "create", description = "Create a token; it is shown this once.")
    int create(
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
            @Option(names = "--expires-in-days", paramLabel = "DAYS", description = "When it stops to work.")
                    Integer days) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name));
        if (days != null) {
            body.put("expiresInDays", days);
        }
        shell.one(api().send(Call.post("/tokens", body)).body());
        return ExitCode.OK;
    }

    @Command(name = "revoke", description = "Revoke a token.")
    int revoke(@Parameters(paramLabel = "ID", description = "The token's id, from `token ls`.") String id) {
        api().send(Call.delete("/tokens/" + Call.segment(id)));
        shell.say("Revoked " + id);
        return ExitCode.OK;
    }
}
