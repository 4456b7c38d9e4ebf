package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NeedsSandbox
@Timeout(60)
class LauncherTests {

    private static final int PROCESSES = 300;

    @TempDir
    Path directory;

    private SandboxFiles files;
    private Launcher launcher;

    @BeforeEach
    void start() throws Exception {
        files = SandboxFiles.create(null, null);
        LauncherPlaces places = files.places(Language.JAVASCRIPT);
        var command = List.of(
                files.launcher().toString(),
                places.socket().toString(),
                places.jobs().toString(),
                EndingProgram.in(directory).toString(),
                "--");
        launcher = Launcher.start(
                places, new ProcessBuilder(command), new AtomicLong()::incrementAndGet, ProcessLimits.none());
    }

    @AfterEach
    void stop() throws Exception {
        launcher.stop();
        files.delete();
    }

    @Test
    void aProcessThatEndsBeforeItsConnectionsAreAcceptedIsStillTheirs() throws Exception {
        for (int number = 0; number < PROCESSES; number++) {
            try (SandboxedProcess process = startProcess()) {
                assertThat(process.awaitExit())
                        .returns(ProcessExit.Cause.EXIT, ProcessExit::cause)
                        .returns(EndingProgram.CODE, ProcessExit::number);
            }
        }
    }

    @Test
    void whoAsksALauncherThatHasEndedMeanwhileHearsOfItAndDoesNotWait() throws Exception {
        launcher.stop();

        assertThatThrownBy(this::startProcess)
                .isInstanceOf(ProcessRefusedException.class)
                .hasMessageContaining("the launcher has ended");
    }

    private SandboxedProcess startProcess() {
        return launcher.startProcess("none", new MemorySize(192), null);
    }
}
