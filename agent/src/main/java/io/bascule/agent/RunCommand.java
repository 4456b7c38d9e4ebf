package io.bascule.agent;

import io.bascule.agent.platform.AgentStateException;
import io.bascule.agent.platform.JoinRefusedException;
import io.bascule.tunnel.client.LegKind;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an agent until SIGTERM or SIGINT, after which it exits with 0. */
@Command(
        name = "run",
        description = "Joins the platform if need be and runs until it is stopped.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:stopped", "1:failed", "2:wrong usage", "3:the join token was refused"})
@SuppressWarnings("NullAway.Init")
final class RunCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int REFUSED = 3;

    @Option(
            names = "--api",
            paramLabel = "URL",
            required = true,
            defaultValue = "${env:BASCULE_API_URL}",
            description = "The platform's API (BASCULE_API_URL).")
    private URI api;

    @Option(
            names = "--join-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:BASCULE_JOIN_TOKEN}",
            description = "Needed for the first start only (BASCULE_JOIN_TOKEN, which keeps it out of process lists).")
    private @Nullable String joinToken;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            required = true,
            defaultValue = "${env:BASCULE_STATE_DIRECTORY}",
            description = "Keeps the agent's key and certificate (BASCULE_STATE_DIRECTORY).")
    private Path stateDirectory;

    @Option(
            names = "--max-tunnels",
            paramLabel = "N",
            defaultValue = "250",
            description = "Tunnels at once (default: ${DEFAULT-VALUE}).")
    private int maxTunnels;

    @Option(
            names = "--grace-seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long open tunnels may go on once it is stopped (default: ${DEFAULT-VALUE}).")
    private int graceSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        stopOnSignal(stopping, stopped);
        try {
            Optional<RunningAgent> agent = RunningAgent.start(settings(), stopping);
            stopping.await();
            agent.ifPresent(RunningAgent::stop);
            return 0;
        } catch (JoinRefusedException refused) {
            return say(REFUSED, refused.getMessage());
        } catch (TokenMissingException | IllegalArgumentException usage) {
            return say(USAGE, usage.getMessage());
        } catch (AgentStateException failure) {
            return say(FAILED, failure.getMessage());
        } finally {
            stopped.countDown();
        }
    }

    private AgentSettings settings() {
        return new AgentSettings(
                api,
                joinToken,
                stateDirectory,
                maxTunnels,
                Duration.ofSeconds(graceSeconds),
                LegKind.configured(System.getenv()));
    }

    /** The virtual machine would end with 143 after a hook; it is halted with 0 as soon as all has stopped. */
    private static void stopOnSignal(CountDownLatch stopping, CountDownLatch stopped) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stopping.countDown();
            try {
                stopped.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        }));
    }

    private int say(int exitCode, @Nullable String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("agent: " + message);
        err.flush();
        return exitCode;
    }
}
