package io.bascule.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TaskDiagramTests {

    @Test
    void theDiagramInTheDocumentIsTheTableInTheCode() throws IOException {
        String document = Files.readString(Path.of("../docs/tasks.md"));

        assertThat(document)
                .as("replace the diagram in docs/tasks.md by this one")
                .contains("```mermaid\n" + TaskTransitions.diagram() + "```\n");
    }
}
