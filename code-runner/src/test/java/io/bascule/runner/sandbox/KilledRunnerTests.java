package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What there is after a runner was killed: none of its processes, and once the next one has started nothing at all. */
@NeedsSandbox
@Timeout(180)
class KilledRunnerTests {

    @TempDir
    Path temporary;

    @BeforeEach
    void letJobsIn() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void leavesNoProcessAndTheNextOneRemovesTheRestAndNothingOfThoseThatLive() throws Exception {
        try (HoldingProgram living = begin();
                HoldingProgram killed = begin()) {
            assertThat(processes(killed)).isNotEmpty();

            killed.kill();
            Await.until(() -> processes(killed).isEmpty());
            assertThat(killed.places()).allMatch(Files::exists);

            try (HoldingProgram next = begin()) {
                assertThat(killed.places()).noneMatch(Files::exists);
                assertThat(living.places()).allMatch(Files::exists);
                assertThat(next.places()).allMatch(Files::exists);
                assertThat(processes(living)).isNotEmpty();
            }
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private HoldingProgram begin() throws IOException {
        return HoldingProgram.begin(SandboxHolder.class, temporary);
    }

    /** Those of its launchers and jobs: each names a file of the sandbox. */
    private static List<ProcessHandle> processes(HoldingProgram runner) {
        return ProcessHandle.allProcesses()
                .filter(other -> other.pid() != runner.process().pid())
                .filter(other -> other.info()
                        .commandLine()
                        .orElse("")
                        .contains(runner.places().getFirst().toString()))
                .toList();
    }
}
