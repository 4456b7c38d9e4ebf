package io.bascule.cli.tunnel;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.LoginFile;
import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a resource reachable on a port of this machine. */
@Command(
        name = "tcp",
        description = "Make a resource reachable on a port of this machine, until Ctrl-C or the end of --exec.")
public final class TcpCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "The resource; `bascule ls` lists them.")
    private String resource = "";

    @Option(
            names = {"-p", "--port"},
            defaultValue = "0",
            description = "The port; any that is free when left out.")
    private int port;

    @Option(names = "--address", defaultValue = "127.0.0.1", description = "Where to listen (${DEFAULT-VALUE}).")
    private String address = "";

    @Option(
            names = "--exec",
            defaultValue = "",
            paramLabel = "COMMAND",
            description = "Run this once the port is open, with {host} and {port} replaced; exit with its code.")
    private String command = "";

    public TcpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Api api = Api.of(new LoginFile(shell.environment()).require());
        api.send(Call.get("/resources/" + Call.segment(resource)));
        try (LocalListener listener = LocalListener.start(api, resource, shell, address, port)) {
            shell.say("%s is reachable at %s:%d".formatted(resource, address, listener.port()));
            if (command.isEmpty()) {
                Runtime.getRuntime().addShutdownHook(new Thread(listener::close, "close-tunnels"));
                new CountDownLatch(1).await();
                return ExitCode.OK;
            }
            int exitCode = Child.run(List.of("sh", "-c", filledIn(listener.port())), shell);
            listener.awaitOrderlyEnds();
            return exitCode;
        }
    }

    private String filledIn(int actualPort) {
        return command.replace("{host}", address).replace("{port}", Integer.toString(actualPort));
    }
}
