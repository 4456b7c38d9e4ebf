package io.bascule.cli.account;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says who the server thinks is calling. */
@Command(name = "whoami", description = "Show who is signed in, in which workspace, with which role.")
public final class WhoAmICommand implements Callable<Integer> {

    private final Shell shell;

    public WhoAmICommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Api api = Api.signedIn(shell.environment());
        shell.one(api.send(Call.get("/session")).body());
        return ExitCode.OK;
    }
}
