package io.bascule.cli;

import io.bascule.cli.account.LoginCommand;
import io.bascule.cli.account.LogoutCommand;
import io.bascule.cli.account.TokenCommand;
import io.bascule.cli.account.WhoAmICommand;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.dev.DevCommand;
import io.bascule.cli.function.AliasCommand;
import io.bascule.cli.function.DeployFunctionCommand;
import io.bascule.cli.function.FunctionCommand;
import io.bascule.cli.function.InitFunctionCommand;
import io.bascule.cli.function.RunFunctionCommand;
import io.bascule.cli.output.Format;
import io.bascule.cli.output.Shell;
import io.bascule.cli.queue.QueueCommand;
import io.bascule.cli.registry.AgentCommand;
import io.bascule.cli.registry.AuditCommand;
import io.bascule.cli.registry.AuthorityCommand;
import io.bascule.cli.registry.CreateResourceCommand;
import io.bascule.cli.registry.ListResourcesCommand;
import io.bascule.cli.registry.ResourceCommand;
import io.bascule.cli.registry.RunAgentCommand;
import io.bascule.cli.scaling.ScalingCommand;
import io.bascule.cli.scaling.SimulateCommand;
import io.bascule.cli.schedule.CreateScheduleCommand;
import io.bascule.cli.schedule.ScheduleCommand;
import io.bascule.cli.secret.SecretCommand;
import io.bascule.cli.task.SubmitCommand;
import io.bascule.cli.task.TaskCommand;
import io.bascule.cli.tunnel.ProxyCommand;
import io.bascule.cli.tunnel.PsqlCommand;
import io.bascule.cli.tunnel.TcpCommand;
import io.bascule.cli.tunnel.TunnelCommand;
import io.bascule.cli.webhook.CallbackCommand;
import io.bascule.cli.webhook.CreateWebhookCommand;
import io.bascule.cli.webhook.WebhookCommand;
import io.bascule.local.process.LocalFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code bascule} command line. */
@Command(
        name = "bascule",
        description = "Reach and automate what you cannot expose.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        version = "bascule 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class Bascule {

    private final Shell shell;

    private Bascule(Shell shell) {
        this.shell = shell;
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = CommandLine.ScopeType.INHERIT,
            description = "How results are written: ${COMPLETION-CANDIDATES}.")
    void output(Format format) {
        shell.use(format);
    }

    @Command(name = "completion", description = "Print a completion script for bash and zsh; source it.")
    int completion() {
        shell.out().print(AutoComplete.bash("bascule", commandLine(shell)));
        return ExitCode.OK;
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Shell shell = new Shell(System.in, System.out, System.err, System.getenv());
        System.exit(run(shell, arguments));
    }

    /** Runs one command; returns its exit code. */
    static int run(Shell shell, String... arguments) {
        return commandLine(shell).execute(arguments);
    }

    private static CommandLine commandLine(Shell shell) {
        CommandLine commandLine = new CommandLine(new Bascule(shell))
                .addSubcommand(new LoginCommand(shell))
                .addSubcommand(new LogoutCommand(shell))
                .addSubcommand(new WhoAmICommand(shell))
                .addSubcommand(new ListResourcesCommand(shell))
                .addSubcommand(group(new ResourceCommand(shell), new CreateResourceCommand(shell)))
                .addSubcommand(group(new AgentCommand(shell), new RunAgentCommand()))
                .addSubcommand(new TcpCommand(shell))
                .addSubcommand(new ProxyCommand(shell))
                .addSubcommand(new PsqlCommand(shell))
                .addSubcommand(new TunnelCommand(shell))
                .addSubcommand(group(new TaskCommand(shell), new SubmitCommand(shell)))
                .addSubcommand(new QueueCommand(shell))
                .addSubcommand(group(new ScheduleCommand(shell), new CreateScheduleCommand(shell)))
                .addSubcommand(group(new WebhookCommand(shell), new CreateWebhookCommand(shell)))
                .addSubcommand(new CallbackCommand(shell))
                .addSubcommand(functions(shell))
                .addSubcommand(new SecretCommand(shell))
                .addSubcommand(new TokenCommand(shell))
                .addSubcommand(new AuditCommand(shell))
                .addSubcommand(new AuthorityCommand(shell))
                .addSubcommand(group(new ScalingCommand(shell), new SimulateCommand(shell)))
                .addSubcommand(new DevCommand(shell));
        return commandLine
                .setOut(new PrintWriter(shell.out(), true, shell.out().charset()))
                .setExpandAtFiles(false) // @FILE is an input of ours
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(shell.environment())))
                .setExecutionExceptionHandler((failure, _, _) -> explain(failure, shell));
    }

    private static CommandLine functions(Shell shell) {
        return new CommandLine(new FunctionCommand(shell))
                .addSubcommand(new InitFunctionCommand(shell))
                .addSubcommand(new DeployFunctionCommand(shell))
                .addSubcommand(new AliasCommand(shell))
                .addSubcommand(new RunFunctionCommand(shell));
    }

    private static CommandLine group(Object group, Object member) {
        return new CommandLine(group).addSubcommand(member);
    }

    private static CommandLine.Help.Ansi ansi(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                ? CommandLine.Help.Ansi.AUTO
                : CommandLine.Help.Ansi.OFF;
    }

    private static int explain(Exception failure, Shell shell) throws Exception {
        int exitCode = switch (failure) {
            case CommandFailure refused -> refused.exitCode();
            case LocalFailure _, UncheckedIOException _, IOException _ -> ExitCode.FAILED;
            default -> throw failure;
        };
        shell.say("error: " + failure.getMessage());
        return exitCode;
    }
}
