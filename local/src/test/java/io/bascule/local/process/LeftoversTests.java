package io.bascule.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LeftoversTests {

    @TempDir
    private Path folder;

    private ProcessTable table;
    private Process orphan;

    @BeforeEach
    void startOrphan() throws IOException {
        table = new ProcessTable(folder.resolve("processes.json"));
        orphan = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void endOrphan() {
        orphan.destroyForcibly();
    }

    @Test
    void whatAKilledLauncherRecordedIsEnded() {
        table.add(ProcessRecord.of("part", orphan.toHandle(), Listening.NOWHERE, "TERM"));

        assertThat(Leftovers.end(table)).containsExactly("part");

        assertThat(orphan.isAlive()).isFalse();
        assertThat(table.records()).isEmpty();
    }

    @Test
    void anotherProcessThatGotTheSameIdIsLeftAlone() {
        ProcessRecord record = ProcessRecord.of("part", orphan.toHandle(), Listening.NOWHERE, "TERM");
        table.add(new ProcessRecord(
                record.name(),
                record.pid(),
                record.startedAt().minus(Duration.ofMinutes(1)),
                Listening.NOWHERE,
                "TERM"));

        assertThat(Leftovers.end(table)).isEmpty();

        assertThat(orphan.isAlive()).isTrue();
    }

    @Test
    void withoutARecordThereIsNothingToEnd() {
        assertThat(Leftovers.end(table)).isEmpty();
    }
}
