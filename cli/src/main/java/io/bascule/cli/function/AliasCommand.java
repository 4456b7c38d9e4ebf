package io.bascule.cli.function;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Aliases of functions. */
@Command(
        name = "alias",
        description = "Names for versions of a function, of which live is what runs: ls, set, rm.",
        synopsisSubcommandLabel = "COMMAND")
public final class AliasCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ALIAS", "/name"),
            Column.of("VERSION", "/version"),
            Column.of("UPDATED", "/updatedAt"),
            Column.of("BY", "/updatedBy"));
    private static final int MOST = 100;

    private final Shell shell;

    public AliasCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List the aliases of a function.")
    int list(@Parameters(paramLabel = "NAME") String name) {
        shell.list(COLUMNS, Pages.read(api(), path(name), Map.of(), MOST));
        return ExitCode.OK;
    }

    @Command(
            name = "set",
            description = "Point an alias to a version, and make it where it is not there yet.",
            footer = "To roll back: bascule fn alias set NAME live VERSION")
    int set(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ALIAS") String alias,
            @Parameters(paramLabel = "VERSION") int version) {
        Api api = api();
        String path = path(name) + "/" + Call.segment(alias);
        Optional<Answer> before = find(api, path);
        Call put = Call.put(path, Map.of("version", version));
        api.send(before.map(found -> put.with("If-Match", found.entityTag())).orElse(put));
        shell.say("%s of %s is version %d%s"
                .formatted(
                        alias,
                        name,
                        version,
                        before.map(found ->
                                        ", was " + found.body().path("version").asString())
                                .orElse("")));
        return ExitCode.OK;
    }

    @Command(name = "rm", description = "Remove an alias; tasks that name it fail from now on.")
    int remove(@Parameters(paramLabel = "NAME") String name, @Parameters(paramLabel = "ALIAS") String alias) {
        api().remove(path(name) + "/" + Call.segment(alias));
        shell.say("Removed %s of %s".formatted(alias, name));
        return ExitCode.OK;
    }

    /** Empty also where there is no such function, which the change is told. */
    private static Optional<Answer> find(Api api, String path) {
        try {
            return Optional.of(api.send(Call.get(path)));
        } catch (CommandFailure absent) {
            if (absent.exitCode() == ExitCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    private static String path(String name) {
        return "/functions/%s/aliases".formatted(Call.segment(name));
    }
}
