package io.bascule.cli.tunnel;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import io.bascule.tunnel.client.LegChoice;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One port of this machine that leads to every resource by its name. */
@Command(
        name = "proxy",
        description =
                "Reach resources by name through one port that speaks SOCKS5 and HTTP CONNECT, until Ctrl-C or the"
                        + " end of --exec: curl --proxy socks5h://127.0.0.1:1080 http://NAME/")
public final class ProxyCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = {"-p", "--port"},
            defaultValue = "1080",
            description = "Where to listen (${DEFAULT-VALUE}); 0 for any that is free.")
    private int port;

    @Option(names = "--address", defaultValue = "127.0.0.1", description = "Where to listen (${DEFAULT-VALUE}).")
    private String address = "";

    @Option(
            names = "--exec",
            defaultValue = "",
            paramLabel = "COMMAND",
            description = "Run this once the port is open, with {host} and {port} replaced; exit with its code.")
    private String command = "";

    public ProxyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LegChoice legs = OpenedTunnel.legs(shell);
        Api api = Api.signedIn(shell.environment());
        api.send(Call.get("/session"));
        try (LocalListener listener =
                LocalListener.start(api, new ProxyReception(), shell, legs, new LocalListener.Place(address, port))) {
            shell.say("resources are reachable by name through socks5h://%s:%d and http://%s:%d"
                    .formatted(address, listener.port(), address, listener.port()));
            return serve(listener);
        }
    }

    private int serve(LocalListener listener) throws InterruptedException {
        if (command.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(listener::close, "close-tunnels"));
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
        String filled = command.replace("{host}", address).replace("{port}", Integer.toString(listener.port()));
        int exitCode = Child.run(List.of("sh", "-c", filled), shell);
        listener.awaitOrderlyEnds();
        return exitCode;
    }
}
