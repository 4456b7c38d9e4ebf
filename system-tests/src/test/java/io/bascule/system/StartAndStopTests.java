package io.bascule.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong around a start: each ends in a line that names the remedy, and leaves nothing running. */
@Timeout(600)
class StartAndStopTests {

    private static final String[] ONLY_THE_API = {
        "--without", "bridge-0,bridge-1,instant-worker,queued-worker,demo-agent"
    };

    @TempDir
    private Path folder;

    @Test
    void aLauncherThatWasKilledIsSucceededWithoutLossAndWithoutOrphans() throws Exception {
        Path home = folder.resolve("home");
        int ports = PortRange.free();
        CommandLine shell = new CommandLine(folder.resolve("person"));
        List<ProcessHandle> orphans;
        try (Platform killed = Platform.start(home, ports, ONLY_THE_API).awaitReady()) {
            shell.runPrinted(killed.commands().getFirst()).succeeded();
            shell.run("token", "create", "kept").succeeded();
            orphans = killed.processes();
            killed.killLauncher();
            orphans = orphans.stream().filter(ProcessHandle::isAlive).toList();
            assertThat(orphans).isNotEmpty();

            try (Platform successor = Platform.start(home, ports, ONLY_THE_API).awaitReady()) {
                assertThat(orphans).noneMatch(ProcessHandle::isAlive);
                assertThat(successor.output().text())
                        .containsPattern("ended what a killed launcher left running: .*api-service");
                assertThat(shell.run("token", "ls").out()).contains("kept");

                assertThat(aSecondOneInTheSameFolder(home))
                        .contains("error: The platform already runs from this folder");

                List<ProcessHandle> processes = successor.processes();
                shell.run("dev", "stop", "--home", home.toString()).succeeded();
                assertThat(successor.awaitExit()).isZero();
                assertThat(successor.remains(processes)).isEmpty();
            }
        }
    }

    private static String aSecondOneInTheSameFolder(Path home) throws Exception {
        try (Platform second = Platform.start(home, PortRange.free(), ONLY_THE_API)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            return second.output().whole();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheRemedy() throws Exception {
        int ports = PortRange.free();
        try (ServerSocket _ = new ServerSocket(ports, 1, InetAddress.getLoopbackAddress());
                Platform refused = Platform.start(folder, ports, ONLY_THE_API)) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.output().whole())
                    .contains("error: Port %d, which api-service needs, is taken".formatted(ports))
                    .contains("--port-base");
        }
    }

    @Test
    void aServiceThatDiesWhileStartingEndsAllWithItsLastLines() throws Exception {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/master.key"), "not a key");
        try (Platform failed = Platform.start(folder, PortRange.free(), ONLY_THE_API)) {
            assertThat(failed.awaitExit()).isEqualTo(1);

            assertThat(failed.output().whole())
                    .contains("error: api-service ended with exit code 1 while starting; its last lines:");
            assertThat(failed.remains(failed.processes())).isEmpty();
        }
    }
}
