package io.bascule.cli.tunnel;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.output.Shell;
import io.bascule.tunnel.client.LegChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Runs the person's own {@code psql} through a tunnel. */
@Command(
        name = "psql",
        description = "Run psql on a resource; what follows the name is psql's: bascule psql NAME -U user -d database")
public final class PsqlCommand implements Callable<Integer> {

    private static final String LOOPBACK = "127.0.0.1";

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "The resource; `bascule ls` lists them.")
    private String resource = "";

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    public PsqlCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        LegChoice legs = OpenedTunnel.legs(shell);
        Api api = Api.signedIn(shell.environment());
        api.send(Call.get("/resources/" + Call.segment(resource)));
        try (LocalListener listener =
                LocalListener.start(api, Reception.of(resource), shell, legs, new LocalListener.Place(LOOPBACK, 0))) {
            List<String> command =
                    new ArrayList<>(List.of("psql", "-h", LOOPBACK, "-p", Integer.toString(listener.port())));
            command.addAll(arguments);
            int exitCode = Child.run(command, shell);
            listener.awaitOrderlyEnds();
            return exitCode;
        }
    }
}
