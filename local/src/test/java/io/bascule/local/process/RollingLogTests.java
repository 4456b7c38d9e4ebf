package io.bascule.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingLogTests {

    @TempDir
    private Path folder;

    @Test
    void aFullFileIsRenamedAndTheOldestIsDropped() throws IOException {
        try (RollingLog log = new RollingLog(folder, "part", 10)) {
            for (int line = 1; line <= 7; line++) {
                log.line("line " + line);
            }
        }

        assertThat(folder.resolve("part.log")).hasContent("line 7");
        assertThat(folder.resolve("part.1.log")).hasContent("line 6");
        assertThat(folder.resolve("part.4.log")).hasContent("line 3");
        assertThat(folder).isDirectoryNotContaining("glob:**part.5.log");
    }

    @Test
    void anotherRunAppends() throws IOException {
        for (int run = 1; run <= 2; run++) {
            try (RollingLog log = new RollingLog(folder, "part", 1000)) {
                log.line("run " + run);
            }
        }

        assertThat(folder.resolve("part.log")).hasContent("run 1\nrun 2");
    }
}
