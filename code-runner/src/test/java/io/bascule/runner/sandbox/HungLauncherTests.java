package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A launcher that is started and never says that it is there. */
@NeedsSandbox
@NeedsPython
@Timeout(90)
class HungLauncherTests {

    private static final MemorySize MEMORY = new MemorySize(192);

    @Test
    void keepsNobodyWaitingWhoWantsAnotherLanguageAndIsGivenUp() throws Exception {
        LauncherSandbox sandbox = TestSandbox.start();
        try {
            Path root = sandbox.jobs(Language.PYTHON).resolve("../..").normalize();
            Path begun = hangFromNowOn(root);
            ProcessHandle launcher = pythonLauncher(root);
            launcher.destroyForcibly();
            launcher.onExit().get(10, TimeUnit.SECONDS);

            var python = CompletableFuture.supplyAsync(() -> sandbox.start(Language.PYTHON, MEMORY, null));
            Files.readAllBytes(begun);

            var languages = CompletableFuture.supplyAsync(sandbox::languages);
            assertThat(languages.get(5, TimeUnit.SECONDS)).contains(Language.JAVASCRIPT);
            var javaScript = CompletableFuture.supplyAsync(() -> sandbox.start(Language.JAVASCRIPT, MEMORY, null));
            javaScript.get(5, TimeUnit.SECONDS).close();
            assertThat(python).isNotDone();
            assertThatThrownBy(() -> python.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ProcessRefusedException.class)
                    .hasStackTraceContaining("the launcher told nothing");
        } finally {
            sandbox.stop();
        }
    }

    /** The launcher that is started next opens the pipe that is returned, and does nothing more. */
    private static Path hangFromNowOn(Path root) throws Exception {
        Path begun = root.resolve("control").resolve("begun");
        assertThat(new ProcessBuilder("mkfifo", begun.toString()).start().waitFor())
                .isZero();
        Files.writeString(
                root.resolve("wrapper.py"), "import time\nopen('%s', 'w').close()\ntime.sleep(60)\n".formatted(begun));
        return begun;
    }

    private static ProcessHandle pythonLauncher(Path root) {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .commandLine()
                        .orElse("")
                        .contains(root.resolve("wrapper.py").toString()))
                .findFirst()
                .orElseThrow();
    }
}
