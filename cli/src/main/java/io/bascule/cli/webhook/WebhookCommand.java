package io.bascule.cli.webhook;

import io.bascule.cli.api.Answer;
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
import tools.jackson.databind.JsonNode;

/** Webhooks, once they are made. */
@Command(
        name = "webhook",
        description = "Webhooks: list, create, show, enable, disable, rotate, test, deliveries, redeliver, remove.",
        synopsisSubcommandLabel = "COMMAND")
public final class WebhookCommand {

    private static final List<Column> COLUMNS = List.of(
            Column.of("NAME", "/name"),
            Column.of("URL", "/url"),
            Column.of("EVENTS", "/eventTypes"),
            Column.of("ENABLED", "/enabled"),
            Column.of("FAILURES", "/failures"),
            Column.of("REASON", "/disabledReason"));

    private static final List<Column> DELIVERIES = List.of(
            Column.of("ID", "/id"),
            Column.of("EVENT", "/eventType"),
            Column.of("STATE", "/state"),
            Column.of("ATTEMPTS", "/attempts"),
            Column.of("CREATED", "/createdAt"),
            Column.of("NEXT", "/nextAttemptAt"),
            Column.of("STATUS", "/lastStatus"),
            Column.of("ERROR", "/lastError"));

    private final Shell shell;

    public WebhookCommand(Shell shell) {
        this.shell = shell;
    }

    private Api api() {
        return Api.signedIn(shell.environment());
    }

    @Command(name = "ls", description = "List webhooks.")
    int list(
            @Option(names = "--limit", defaultValue = "1000", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(COLUMNS, Pages.read(api(), "/webhooks", Map.of(), limit));
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Show a webhook; its secret is not shown.")
    int show(@Parameters(paramLabel = "NAME") String name) {
        shell.one(api().send(Call.get(path(name))).body());
        return ExitCode.OK;
    }

    @Command(name = "enable", description = "Send events again.")
    int enable(@Parameters(paramLabel = "NAME") String name) {
        return enable(name, true);
    }

    @Command(
            name = "disable",
            description = "Send nothing until it is enabled; events of that time are not sent later.")
    int disable(@Parameters(paramLabel = "NAME") String name) {
        return enable(name, false);
    }

    @Command(name = "rotate", description = "Make a new signing secret, which is shown once.")
    int rotate(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--overlap",
                            defaultValue = "86400",
                            paramLabel = "SECONDS",
                            description = "The present secret signs beside it for so long (${DEFAULT-VALUE}).")
                    int overlap) {
        return post(path(name) + ":rotateSecret", Map.of("overlapSeconds", overlap));
    }

    @Command(name = "test", description = "Send an event that only says that the webhook works.")
    int test(@Parameters(paramLabel = "NAME") String name) {
        return post(path(name) + ":test", Map.of());
    }

    @Command(name = "deliveries", description = "List a webhook's deliveries, newest first.")
    int deliveries(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--state", defaultValue = "", description = "waiting, sending, delivered or failed.")
                    String state,
            @Option(names = "--limit", defaultValue = "100", description = "How many at most (${DEFAULT-VALUE}).")
                    int limit) {
        shell.list(DELIVERIES, Pages.read(api(), path(name) + "/deliveries", Map.of("state", state), limit));
        return ExitCode.OK;
    }

    @Command(name = "redeliver", description = "Send an event again, whatever became of its delivery.")
    int redeliver(
            @Parameters(index = "0", paramLabel = "NAME") String name,
            @Parameters(index = "1", paramLabel = "DELIVERY") String delivery) {
        return post(path(name) + "/deliveries/" + Call.segment(delivery) + ":redeliver", Map.of());
    }

    @Command(name = "rm", description = "Remove a webhook and its deliveries.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        api().remove(path(name));
        shell.say("Removed " + name);
        return ExitCode.OK;
    }

    private int enable(String name, boolean enabled) {
        Api api = api();
        Answer found = api.send(Call.get(path(name)));
        JsonNode present = found.body();
        Map<String, Object> wanted = new HashMap<>();
        for (String setting : List.of("name", "url", "eventTypes", "description")) {
            wanted.put(setting, present.path(setting));
        }
        wanted.put("enabled", enabled);
        shell.one(api.send(Call.put(path(name), wanted).with("If-Match", found.entityTag()))
                .body());
        return ExitCode.OK;
    }

    private int post(String path, Map<String, Object> body) {
        shell.one(api().send(Call.post(path, body)).body());
        return ExitCode.OK;
    }

    private static String path(String name) {
        return "/webhooks/" + Call.segment(name);
    }
}
