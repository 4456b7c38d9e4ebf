package io.bascule.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is trusted while files come, change and go. */
class TrustedKeysTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(3600);

    @TempDir
    Path directory;

    private TrustedKeys keys() {
        return new TrustedKeys(directory, InstantSource.fixed(NOW));
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws Exception {
        PublicKey key = write("worker.pem", LONG_AGO);
        TrustedKeys keys = keys();
        assertThat(keys.of("worker")).containsExactly(key);

        assertThat(keys.of("worker")).isSameAs(keys.of("worker"));
    }

    @Test
    void whatHasChangedJustNowIsReadAgain() throws Exception {
        write("worker.pem", NOW);
        TrustedKeys keys = keys();

        assertThat(keys.of("worker")).isNotSameAs(keys.of("worker"));
    }

    @Test
    void aKeyThatIsReplacedAddedOrRemovedCountsAtOnce() throws Exception {
        write("worker.pem", LONG_AGO);
        TrustedKeys keys = keys();
        keys.of("worker");

        PublicKey replaced = write("worker.pem", LONG_AGO.plusSeconds(1));
        assertThat(keys.of("worker")).containsExactly(replaced);
        PublicKey added = write("worker.2.pem", LONG_AGO);
        assertThat(keys.of("worker")).containsExactlyInAnyOrder(replaced, added);
        Files.delete(directory.resolve("worker.pem"));
        assertThat(keys.of("worker")).containsExactly(added);
        Files.delete(directory.resolve("worker.2.pem"));
        assertThat(keys.of("worker")).isEmpty();
    }

    @Test
    void aWholeDirectoryThatIsReplacedBehindALinkCountsAtOnce() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), first);
        write("first/worker.pem", LONG_AGO);
        PublicKey next = write("second/worker.pem", LONG_AGO);
        for (Path each : new Path[] {first, second}) {
            Files.setLastModifiedTime(each, FileTime.from(LONG_AGO));
        }
        var keys = new TrustedKeys(link, InstantSource.fixed(NOW));
        keys.of("worker");

        Files.delete(link);
        Files.createSymbolicLink(link, second);

        assertThat(keys.of("worker")).containsExactly(next);
    }

    /** In a directory that was last changed then, too. */
    private PublicKey write(String file, Instant changed) throws Exception {
        PublicKey key =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        Path path = Files.writeString(
                directory.resolve(file), "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
        Files.setLastModifiedTime(path, FileTime.from(changed));
        Files.setLastModifiedTime(directory, FileTime.from(changed));
        return key;
    }
}
