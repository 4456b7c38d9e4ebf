package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OwnedDirectoryTests {

    private static final String PREFIX = DirectoryHolder.PREFIX;

    @TempDir
    Path parent;

    @Test
    void isRemovedWithAllThatIsInItWhenItIsClosed() throws Exception {
        OwnedDirectory own = OwnedDirectory.create(parent, PREFIX);
        Files.writeString(Files.createDirectory(own.path().resolve("inner")).resolve("file"), "");
        assertThat(own.path()).hasParent(parent);

        own.close();
        own.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessLeftIsRemovedWhenTheNextIsMadeAndWhatALivingOneHasStays() throws Exception {
        try (var killed = HoldingProgram.begin(DirectoryHolder.class, parent);
                var living = HoldingProgram.begin(DirectoryHolder.class, parent)) {
            Path ofLiving = living.places().getFirst();
            killed.kill();

            try (OwnedDirectory first = OwnedDirectory.create(parent, PREFIX);
                    OwnedDirectory second = OwnedDirectory.create(parent, PREFIX)) {
                assertThat(parent.toFile().list())
                        .containsExactlyInAnyOrder(
                                ofLiving.getFileName().toString(),
                                first.path().getFileName().toString(),
                                second.path().getFileName().toString());
                assertThat(ofLiving.resolve("content")).exists();
            }
            living.kill();
        }
        OwnedDirectory.create(parent, PREFIX).close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatIsNotOfThisKindIsLeftAlone() throws Exception {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("lock"), "");
        Files.createSymbolicLink(parent.resolve(PREFIX + "link"), elsewhere);
        Path withoutLock = Files.createDirectory(parent.resolve(PREFIX + "other"));
        Files.writeString(withoutLock.resolve("content"), "");
        Files.createDirectory(parent.resolve(PREFIX + "never-begun"));

        OwnedDirectory.create(parent, PREFIX).close();

        assertThat(parent.toFile().list()).containsExactlyInAnyOrder("elsewhere", PREFIX + "link", PREFIX + "other");
        assertThat(elsewhere.resolve("lock")).exists();
    }
}
