package io.bascule.cli.webhook;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a webhook. */
@Command(name = "create", description = "Send events to an address. The signing secret is shown once.")
public final class CreateWebhookCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "What people will call it.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "URL", description = "Where events are sent.")
    private String url = "";

    @Option(
            names = "--event",
            defaultValue = "io.bascule.task.finished",
            paramLabel = "TYPE",
            description =
                    "Which events, such as io.bascule.task.finished (the default) or io.bascule.task.*; can be repeated.")
    private List<String> events = List.of();

    @Option(names = "--description", description = "What it is for.")
    private String description = "";

    @Option(names = "--disabled", description = "Send nothing until it is enabled.")
    private boolean disabled;

    public CreateWebhookCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Map<String, Object> webhook = Map.of(
                "name", name, "url", url, "eventTypes", events, "description", description, "enabled", !disabled);
        Api api = Api.signedIn(shell.environment());
        shell.one(api.send(Call.post("/webhooks", webhook)).body());
        shell.say("Keep the secret: it is not shown again");
        return ExitCode.OK;
    }
}
