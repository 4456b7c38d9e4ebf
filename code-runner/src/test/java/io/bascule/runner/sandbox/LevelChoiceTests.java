package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launchers that say what a machine permits. */
class LevelChoiceTests {

    @TempDir
    Path directory;

    @Test
    void theHigherLevelIsTakenWhereItCanBeHad() throws IOException {
        assertThat(choose(SandboxLevel.CONFINED, SandboxLevel.NAMESPACED, "namespaces ok"))
                .isEqualTo(SandboxLevel.NAMESPACED);
    }

    @Test
    void theLowerOneIsTakenWhereThatIsWanted() throws IOException {
        assertThat(choose(SandboxLevel.CONFINED, SandboxLevel.CONFINED, "namespaces ok"))
                .isEqualTo(SandboxLevel.CONFINED);
    }

    @Test
    void whereItCannotBeHadTheLowerOneIsTaken() throws IOException {
        String refused = "namespaces unshare: Operation not permitted";

        assertThat(choose(SandboxLevel.CONFINED, SandboxLevel.NAMESPACED, refused))
                .isEqualTo(SandboxLevel.CONFINED);
        assertThat(choose(SandboxLevel.CONFINED, SandboxLevel.NAMESPACED, "what?"))
                .isEqualTo(SandboxLevel.CONFINED);
    }

    @Test
    void whereThatIsTooLittleTheRunnerDoesNotStartAndSaysWhy() {
        assertThatThrownBy(() -> choose(
                        SandboxLevel.NAMESPACED,
                        SandboxLevel.NAMESPACED,
                        "namespaces unshare: Operation not permitted"))
                .isInstanceOf(SandboxUnavailableException.class)
                .hasMessageContaining("minimum-level is namespaced (unshare: Operation not permitted)");
    }

    @Test
    void aLevelBelowTheLeastIsAContradiction() {
        assertThatThrownBy(() -> choose(SandboxLevel.NAMESPACED, SandboxLevel.CONFINED, "namespaces ok"))
                .isInstanceOf(SandboxUnavailableException.class)
                .hasMessageContaining(
                        "bascule.runner.level is confined, and bascule.runner.minimum-level is namespaced");
    }

    private SandboxLevel choose(SandboxLevel minimum, SandboxLevel level, String answer) throws IOException {
        Path launcher = Files.writeString(directory.resolve("launcher"), "#!/bin/sh\necho '%s'\n".formatted(answer));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return LevelChoice.choose(
                TestSandbox.properties(minimum, level, null), new SandboxFiles(directory, launcher, launcher, null));
    }
}
