package io.bascule.cli.account;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Login;
import io.bascule.cli.api.LoginFile;
import io.bascule.cli.output.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Revokes the remembered token and forgets it, even when the server is away. */
@Command(name = "logout", description = "Revoke and forget the remembered token.")
public final class LogoutCommand implements Callable<Integer> {

    private final Shell shell;

    public LogoutCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        LoginFile file = new LoginFile(shell.environment());
        Optional<Login> login = file.remembered();
        login.ifPresent(this::revoke);
        file.forget();
        shell.say(login.map(found -> "Signed out of " + found.url()).orElse("Nobody was signed in"));
        return ExitCode.OK;
    }

    private void revoke(Login login) {
        try {
            Api.of(login).send(Call.delete("/tokens/" + Call.segment(login.tokenId())));
        } catch (CommandFailure e) {
            shell.say("warning: the token may still be valid: " + e.getMessage());
        }
    }
}
