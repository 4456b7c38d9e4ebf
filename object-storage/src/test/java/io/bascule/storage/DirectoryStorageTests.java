package io.bascule.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTests extends ObjectStorageContract {

    @TempDir
    private Path folder;

    private ObjectStorage storage;

    @BeforeEach
    void open() {
        storage = new DirectoryStorage(folder.resolve("objects"));
    }

    @Override
    ObjectStorage storage() {
        return storage;
    }

    @Override
    void putForeign(String name) throws IOException {
        Files.writeString(folder.resolve("objects").resolve(name), "not ours");
    }

    @Test
    void nothingUnfinishedAndNoEmptyFolderIsLeft() throws IOException {
        storage.put(key("a/b/c"), bytes("1"));
        storage.delete(key("a/b/c"));

        try (Stream<Path> left = Files.walk(folder.resolve("objects"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("objects", ".unfinished");
        }
    }

    @Test
    void aPlaceThatIsNoFolderIsRefusedAtOnce() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new DirectoryStorage(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be used for objects");
    }
}
