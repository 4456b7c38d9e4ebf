package io.bascule.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.local.process.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTests {

    @TempDir
    private Path folder;

    @Test
    void theSecondIsToldWhoHoldsItAndHowToStopThem() {
        try (FolderLock _ = FolderLock.acquire(folder.resolve("lock"))) {
            assertThatThrownBy(() -> FolderLock.acquire(folder.resolve("lock")))
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining("process %d, since"
                            .formatted(ProcessHandle.current().pid()))
                    .hasMessageEndingWith("stop it with ./bascule dev stop");
        }
    }

    @Test
    void nothingIsLeftWhenItIsGivenBack() {
        FolderLock.acquire(folder.resolve("lock")).close();

        assertThat(folder).isEmptyDirectory();
        FolderLock.acquire(folder.resolve("lock")).close();
    }

    @Test
    void theFileOfAKilledHolderIsNoObstacle() throws IOException {
        Path file = folder.resolve("lock");
        Files.writeString(file, """
                {"name": "launcher", "pid": 1, "startedAt": "2020-01-01T00:00:00Z",
                 "listening": {"port": 0, "healthPath": ""}, "signal": "TERM"}""");

        assertThat(FolderLock.holder(file)).isEmpty();
        try (FolderLock _ = FolderLock.acquire(file)) {
            assertThat(FolderLock.holder(file))
                    .hasValueSatisfying(holder -> assertThat(holder.pid())
                            .isEqualTo(ProcessHandle.current().pid()));
        }
    }
}
