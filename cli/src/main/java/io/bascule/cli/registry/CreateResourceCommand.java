package io.bascule.cli.registry;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares a resource that an agent reaches. */
@Command(name = "create", description = "Declare a resource.")
public final class CreateResourceCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "What people will call it.")
    private String name = "";

    @Option(names = "--kind", required = true, description = "tcp, ssh, http, kubernetes, postgres or mysql.")
    private String kind = "";

    @Option(names = "--agent", required = true, description = "The agent that reaches it.")
    private String agent = "";

    @Option(names = "--host", required = true, description = "Its address as the agent sees it.")
    private String host = "";

    @Option(names = "--port", required = true, description = "Its port.")
    private int port;

    @Option(names = "--label", paramLabel = "K=V", description = "A label; can be repeated.")
    private Map<String, String> labels = Map.of();

    public CreateResourceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Map<String, Object> resource =
                Map.of("name", name, "kind", kind, "agent", agent, "host", host, "port", port, "labels", labels);
        Api api = Api.signedIn(shell.environment());
        shell.one(api.send(Call.post("/resources", resource)).body());
        return ExitCode.OK;
    }
}
