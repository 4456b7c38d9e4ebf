package io.bascule.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.local.process.Program.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SupervisorTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private ProcessTable table;
    private Supervisor supervisor;

    @BeforeEach
    void create() {
        Terminal terminal = new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8), false);
        table = new ProcessTable(folder.resolve("processes.json"));
        supervisor = new Supervisor(table, folder.resolve("logs"), terminal, InstantSource.system());
    }

    @AfterEach
    void stop() {
        supervisor.stopAll();
    }

    @Test
    void aProgramThatEndsWhileStartingFailsTheStartWithItsLastLines() {
        Supervisor.Started started = supervisor.start(shell("part", "echo no such setting; exit 3"));

        assertThatThrownBy(() -> started.awaitReady(() -> false, SOON))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("part ended with exit code 3 while starting")
                .hasMessageContaining("no such setting");
    }

    @Test
    void aProgramThatIsNeverReadyFailsTheStartWhenTheTimeIsOver() {
        Supervisor.Started started = supervisor.start(shell("part", "exec sleep 60"));

        assertThatThrownBy(() -> started.awaitReady(() -> false, Duration.ZERO))
                .hasMessage("part is not ready after 0 s; its log: ./bascule dev logs part");
    }

    @Test
    void whatAProgramPrintsIsShownWithItsNameAndKeptInItsLog() throws IOException {
        Supervisor.Started started = supervisor.start(shell("part", "echo hello; exec sleep 60"));

        started.awaitReady(() -> log("part").contains("hello\n"), SOON);

        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("part           | hello");
    }

    @Test
    void aProgramThatWasReadyIsStartedAgainWhenItDies() {
        Supervisor.Started started = supervisor.start(shell("part", "echo began; exec sleep 60"));
        started.awaitReady(() -> log("part").contains("began\n"), SOON);

        table.records().getFirst().running().orElseThrow().destroyForcibly();

        awaitTrue(() -> log("part").equals("began\nbegan\n"));
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("part ended with signal 9 and is started again");
    }

    @Test
    void programsEndInTheReverseOrderOfTheirStartAndNothingIsLeft() {
        String saysWhenEnding =
                "trap 'echo $0 >> %s/order; exit 0' TERM; echo up; while :; do sleep 0.05; done".formatted(folder);
        for (String name : List.of("first", "second", "third")) {
            Supervisor.Started started = supervisor.start(shell(name, saysWhenEnding));
            started.awaitReady(() -> log(name).contains("up\n"), SOON);
        }
        List<ProcessRecord> records = table.records();

        supervisor.stopAll();

        assertThat(folder.resolve("order")).content().isEqualTo("third\nsecond\nfirst\n");
        assertThat(records).hasSize(3).allMatch(process -> process.running().isEmpty());
        assertThat(table.records()).isEmpty();
    }

    @Test
    void aProgramThatIgnoresTheRequestToEndIsKilled() {
        Supervisor.Started started = supervisor.start(new Program(
                "stubborn",
                List.of("sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done"),
                Map.of(),
                folder,
                Listening.NOWHERE,
                new Ending("TERM", Duration.ofMillis(200))));
        started.awaitReady(() -> log("stubborn").contains("up\n"), SOON);
        ProcessRecord process = table.records().getFirst();

        supervisor.stopAll();

        assertThat(process.running()).isEmpty();
    }

    @Test
    void afterTheStopNothingStarts() {
        supervisor.stopAll();

        assertThatThrownBy(() -> supervisor.start(shell("late", "exec sleep 60")))
                .isInstanceOf(LocalFailure.class);
        assertThat(table.records()).isEmpty();
    }

    @Test
    void stoppingEndsAStartThatIsWaiting() throws Exception {
        Supervisor.Started started = supervisor.start(shell("part", "exec sleep 60"));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> started.awaitReady(() -> false, SOON));

        supervisor.stopAll();

        assertThat(waiting.handle((_, failure) -> failure).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LocalFailure.class)
                .hasMessageContaining("Stopped while part was starting");
    }

    @Test
    void aProgramThatMustSucceedFailsWithItsLastLines() {
        assertThatThrownBy(() -> supervisor.run(shell("once", "echo out of paper; exit 7"), SOON))
                .hasMessageContaining("once ended with exit code 7")
                .hasMessageContaining("out of paper");
        assertThat(table.records()).isEmpty();
    }

    @Test
    void settingsOfTheShellDoNotReachThePrograms() {
        Program program = new Program(
                "part",
                List.of("sh", "-c", "env; echo end; exec sleep 60"),
                Map.of("SERVER_PORT", "1"),
                folder,
                Listening.NOWHERE,
                Ending.DRAIN);

        supervisor.start(program).awaitReady(() -> log("part").contains("end\n"), SOON);

        assertThat(log("part").lines().filter(line -> line.matches("(SERVER_|SPRING_|BASCULE_).*")))
                .containsExactly("SERVER_PORT=1");
    }

    private Program shell(String name, String script) {
        return new Program(name, List.of("sh", "-c", script, name), Map.of(), folder, Listening.NOWHERE, Ending.DRAIN);
    }

    private String log(String name) {
        try {
            Path file = folder.resolve("logs").resolve(name + ".log");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitTrue(Probe condition) {
        supervisor.start(shell("waiting", "exec sleep 60")).awaitReady(condition, SOON);
    }
}
