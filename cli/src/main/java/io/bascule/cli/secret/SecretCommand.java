package io.bascule.cli.secret;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Pages;
import io.bascule.cli.output.Column;
import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The workspace's secrets. */
@Command(
        name = "secret",
        description = "Secrets of tasks and functions: list, set, remove.",
        synopsisSubcommandLabel = "COMMAND")
public final class SecretCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("VERSION", "/version"),
            Column.of("UPDATED", "/updatedAt"),
            Column.of("BY", "/updatedBy"));

    private final Shell shell;

    public SecretCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List secrets; their values are not shown to anybody.")
    int list(
            @Option(names = "--limit", defaultValue = "1000", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/secrets", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(
            name = "set",
            description = "Make a secret or give it a new value, read from standard input or --file.",
            footer = "One line break at the end of the value is left off, unless --exact is given.")
    int set(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--file", paramLabel = "FILE", description = "Read the value from this file.") @Nullable
                    Path file,
            @Option(names = "--exact", description = "Keep a line break at the end.") boolean exact)
            throws IOException {
        String value = exact ? read(name, file) : read(name, file).replaceFirst("\\r?\\n\\z", "");
        Api api = api();
        Call put = Call.put(path(name), Map.of("value", value));
        Answer answer = api.send(find(api, name)
                .map(found -> put.with("If-Match", found.entityTag()))
                .orElse(put));
        shell.say("Set %s, version %s"
                .formatted(name, answer.body().path("version").asString()));
        return ExitCode.OK;
    }

    @Command(name = "rm", description = "Remove a secret; tasks that need it fail from now on.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        api().remove(path(name));
        shell.say("Removed " + name);
        return ExitCode.OK;
    }

    @Command(name = "rotate-key", description = "Seal all secrets of the workspace anew under a new key.")
    int rotateKey() {
        Answer answer = api().send(Call.post("/secrets:rotate-key", Map.of()));
        shell.say("%s secrets are under a new key"
                .formatted(answer.body().path("secrets").asString()));
        return ExitCode.OK;
    }

    private static Optional<Answer> find(Api api, String name) {
        try {
            return Optional.of(api.send(Call.get(path(name))));
        } catch (CommandFailure absent) {
            if (absent.exitCode() == ExitCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    private String read(String name, @Nullable Path file) throws IOException {
        if (file != null && !Files.isReadable(file)) {
            throw new CommandFailure(ExitCode.USAGE, "--file %s: there is no such file".formatted(file));
        }
        if (file != null) {
            return Files.readString(file);
        }
        return shell.terminal()
                .map(terminal -> new String(terminal.readPassword("Value of %s: ", name)))
                .orElseGet(shell::input);
    }

    private static String path(String name) {
        return "/secrets/" + Call.segment(name);
    }
}
