package io.bascule.api.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class MasterKeyTests {

    private static final String ZEROS = Base64.getEncoder().encodeToString(new byte[32]);
    private static final UUID ROW = new UUID(1, 2);

    private final MasterKey key = MasterKey.from(new SecretsProperties(null, ZEROS, null, null));

    @Test
    void whatWasSealedOpensAgain() {
        byte[] sealed = key.seal("secret".getBytes(UTF_8), ROW);

        assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
        assertThat(key.open(sealed, ROW)).asString(UTF_8).isEqualTo("secret");
    }

    @Test
    void sealingTwiceGivesDifferentTexts() {
        assertThat(key.seal(new byte[8], ROW)).isNotEqualTo(key.seal(new byte[8], ROW));
    }

    @Test
    void aSealedTextDoesNotOpenInAnotherRow() {
        byte[] sealed = key.seal(new byte[8], ROW);

        assertThatThrownBy(() -> key.open(sealed, new UUID(1, 3))).isInstanceOf(UnusableMasterKeyException.class);
    }

    @Test
    void anotherMasterKeyIsToldApart() {
        byte[] sealed = key.seal(new byte[8], ROW);
        byte[] other = new byte[32];
        other[0] = 1;
        MasterKey otherKey =
                MasterKey.from(new SecretsProperties(null, Base64.getEncoder().encodeToString(other), null, null));

        assertThatThrownBy(() -> otherKey.open(sealed, ROW)).hasMessageContaining("not the one they were made with");
    }

    @Test
    void aMissingKeyNamesThePropertyToSet() {
        assertThatThrownBy(() -> MasterKey.from(new SecretsProperties(null, null, null, null)))
                .isInstanceOf(UnusableMasterKeyException.class)
                .hasMessageContaining("set bascule.secrets.master-key-file");
    }

    @Test
    void aShortKeyIsRefusedWithItsLength() {
        String short16 = Base64.getEncoder().encodeToString(new byte[16]);

        assertThatThrownBy(() -> MasterKey.from(new SecretsProperties(null, short16, null, null)))
                .hasMessage("The master key in bascule.secrets.master-key has 16 bytes (expected: 32, in base64)");
    }

    @Test
    void aKeyThatIsNotBase64IsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> MasterKey.from(new SecretsProperties(null, "%%hush%%", null, null)))
                .hasMessageContaining("is not base64")
                .hasMessageNotContaining("hush");
    }

    @Test
    void theKeyIsReadFromItsFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("master.key"), ZEROS + "\n");
        MasterKey fromFile = MasterKey.from(new SecretsProperties(file, null, null, null));

        assertThat(fromFile.open(key.seal(new byte[] {7}, ROW), ROW)).containsExactly(7);
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path directory) {
        Path file = directory.resolve("absent.key");

        assertThatThrownBy(() -> MasterKey.from(new SecretsProperties(file, null, null, null)))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("bascule.secrets.master-key-file");
    }

    @Test
    void thePropertiesNeverShowTheKey() {
        assertThat(new SecretsProperties(null, ZEROS, null, null).toString()).doesNotContain(ZEROS);
    }

    @Test
    void aStartWithoutAMasterKeyEndsWithThatLineAndNoStackTrace() {
        var failure = new IllegalStateException("bean", new UnusableMasterKeyException("No master key: set it"));

        FailureAnalysis analysis = new UnusableMasterKeyFailureAnalyzer().analyze(failure);

        assertThat(analysis)
                .isNotNull()
                .extracting(FailureAnalysis::getDescription)
                .isEqualTo("No master key: set it");
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, FailureHandler.handleMessage((_, _) -> {})))
                .hasAtLeastOneElementOfType(UnusableMasterKeyFailureAnalyzer.class);
    }
}
