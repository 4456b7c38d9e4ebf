package io.bascule.local.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppsTests {

    @TempDir
    private Path folder;

    private Path jar;
    private Apps apps;

    @BeforeEach
    void build() throws IOException {
        jar = zip(folder.resolve("target/agent-1.jar"), "first");
        zip(folder.resolve("target/lib/library.jar"), "library");
        apps = new Apps(folder.resolve("apps"), program -> {
            throw new AssertionError("no need to run " + program);
        });
    }

    @Test
    void aProgramIsCopiedWithItsLibrariesAndFoundAgain() {
        UnpackedApp app = apps.unpack("agent", jar);

        assertThat(app.folder().resolve("agent-1.jar")).hasSameBinaryContentAs(jar);
        assertThat(app.folder().resolve("lib/library.jar")).exists();
        assertThat(apps.unpack("agent", jar)).isEqualTo(app);
    }

    @Test
    void anotherContentGetsAnotherFolderAndTheOldOneGoes() throws IOException {
        UnpackedApp old = apps.unpack("agent", jar);
        zip(folder.resolve("target/lib/library.jar"), "a newer library");

        UnpackedApp app = apps.unpack("agent", jar);

        assertThat(app.folder()).isNotEqualTo(old.folder()).exists();
        assertThat(old.folder()).doesNotExist();
    }

    @Test
    void otherProgramsAreLeftAlone() throws IOException {
        UnpackedApp other = apps.unpack("agent-two", jar);

        apps.unpack("agent", jar);

        assertThat(other.folder()).exists();
    }

    @Test
    void theCacheIsUsedOnceItIsThere() throws IOException {
        UnpackedApp app = apps.unpack("agent", jar);
        assertThat(app.command(64, List.of("run"))).noneMatch(word -> word.startsWith("-XX:AOTCache="));

        Files.writeString(app.folder().resolve("app.aot.new"), "cache");
        assertThat(app.adoptCache()).isTrue();

        assertThat(app.command(64, List.of("run")))
                .contains("-XX:AOTCache=app.aot", "-Xmx64m")
                .endsWith("run");
    }

    private static Path zip(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("content"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
