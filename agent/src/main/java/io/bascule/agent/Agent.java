package io.bascule.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The agent's command line. */
@Command(
        name = "agent",
        description = "Reaches the resources of this location for a Bascule platform.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RunCommand.class)
public final class Agent {

    private Agent() {}

    public static void main(String[] arguments) {
        // Before the first logger is made; an operator's own choice wins.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/bascule/agent/logback.xml");
        }
        int exit = new CommandLine(new Agent()).execute(arguments);
        Runtime.getRuntime().halt(exit);
    }
}
