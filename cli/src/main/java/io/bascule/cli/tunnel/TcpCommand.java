package io.bascule.cli.tunnel;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import io.bascule.tunnel.client.LegChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes resources reachable on ports of this machine. */
@Command(
        name = "tcp",
        description = "Make resources reachable on ports of this machine, until Ctrl-C or the end of --exec:"
                + " bascule tcp db:15432 web:8080")
public final class TcpCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            paramLabel = "NAME[:PORT]",
            arity = "1..*",
            description = "A resource, and its port here if it is not to be any; `bascule ls` lists them.")
    private List<String> resources = new ArrayList<>();

    @Option(
            names = {"-p", "--port"},
            defaultValue = "0",
            description = "The port of a single resource; any that is free when left out.")
    private int port;

    @Option(names = "--address", defaultValue = "127.0.0.1", description = "Where to listen (${DEFAULT-VALUE}).")
    private String address = "";

    @Option(
            names = "--exec",
            defaultValue = "",
            paramLabel = "COMMAND",
            description =
                    "Run this once the ports are open, with {host}, {port} and {port:NAME} replaced; exit with its"
                            + " code.")
    private String command = "";

    public TcpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Forward> forwards =
                resources.stream().map(text -> Forward.parse(text, port)).toList();
        LegChoice legs = OpenedTunnel.legs(shell);
        Api api = Api.signedIn(shell.environment());
        for (Forward forward : forwards) {
            api.send(Call.get("/resources/" + Call.segment(forward.resource())));
        }
        Map<String, LocalListener> listeners = new LinkedHashMap<>();
        try {
            for (Forward forward : forwards) {
                LocalListener listener = LocalListener.start(
                        api,
                        Reception.of(forward.resource()),
                        shell,
                        legs,
                        new LocalListener.Place(address, forward.port()));
                listeners.put(forward.resource(), listener);
                shell.say("%s is reachable at %s:%d".formatted(forward.resource(), address, listener.port()));
            }
            return serve(listeners);
        } finally {
            listeners.values().forEach(LocalListener::close);
        }
    }

    private int serve(Map<String, LocalListener> listeners) throws InterruptedException {
        if (command.isEmpty()) {
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> listeners.values().forEach(LocalListener::close), "close-tunnels"));
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
        int exitCode = Child.run(List.of("sh", "-c", filledIn(listeners)), shell);
        listeners.values().forEach(LocalListener::awaitOrderlyEnds);
        return exitCode;
    }

    private String filledIn(Map<String, LocalListener> listeners) {
        String first = Integer.toString(listeners.values().iterator().next().port());
        String filled = command.replace("{host}", address).replace("{port}", first);
        for (Map.Entry<String, LocalListener> each : listeners.entrySet()) {
            filled = filled.replace(
                    "{port:" + each.getKey() + "}",
                    Integer.toString(each.getValue().port()));
        }
        return filled;
    }
}
