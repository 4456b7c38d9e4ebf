package io.bascule.cli.registry;

import io.bascule.agent.Agent;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs an agent in this process, with the options of the agent's own program; does not return. */
@Command(
        name = "run",
        description = "Run an agent here: --api URL --state-dir DIR, and --join-token TOKEN the first time.")
public final class RunAgentCommand implements Runnable {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public void run() {
        List<String> command = new ArrayList<>(List.of("run"));
        command.addAll(arguments);
        Agent.main(command.toArray(String[]::new));
    }
}
