package io.bascule.cli.account;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.api.Login;
import io.bascule.cli.api.LoginFile;
import io.bascule.cli.output.Shell;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs in once and keeps a personal token made for this machine; the password is kept nowhere. */
@Command(name = "login", description = "Sign in and remember a token for this machine.")
public final class LoginCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "The address of Bascule, such as https://bascule.example.org.")
    private String url = "";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "Who signs in; asked for when left out.")
    private String user = "";

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean passwordFromInput;

    public LoginCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        warnAboutPlainText();
        String username = user.isEmpty() ? ask("--user NAME").readLine("User: ") : user;
        String password = passwordFromInput
                ? firstLine()
                : new String(ask("--password-stdin").readPassword("Password: "));
        Login login = signIn(username, password);
        Path file = new LoginFile(shell.environment()).remember(login);
        shell.say("Signed in to %s as %s; the token is in %s".formatted(login.url(), username, file));
        return ExitCode.OK;
    }

    private void warnAboutPlainText() {
        if (url.startsWith("http://") && !url.matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:.*|/.*)?")) {
            shell.say("warning: %s is not encrypted: the password can be read on its way".formatted(url));
        }
    }

    private Console ask(String option) {
        return shell.terminal()
                .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, "There is no terminal to ask on: use " + option));
    }

    private String firstLine() throws IOException {
        String line = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "There is no password on standard input");
        }
        return line;
    }

    private Login signIn(String username, String password) {
        Api session = Api.anonymous(url);
        session.send(Call.post("/session", Map.of("username", username, "password", password)));
        session.send(Call.get("/session"));
        Answer token = session.send(Call.post("/tokens", Map.of("name", "bascule at " + hostname())));
        session.send(Call.delete("/session"));
        return new Login(
                url,
                username,
                token.body().path("id").asString(),
                token.body().path("token").asString());
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unknown host";
        }
    }
}
