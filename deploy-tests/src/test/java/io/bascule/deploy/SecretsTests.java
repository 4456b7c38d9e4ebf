package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/secrets} makes is what the services read. */
class SecretsTests {

    @TempDir
    private Path folder;

    @BeforeEach
    void make() throws Exception {
        assumeTrue(isInstalled("openssl"), "openssl is not installed");
        run();
    }

    private void run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Checkout.file("deploy/secrets").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api-service", "bridge-service", "instant-worker", "queued-worker", "code-runner", "orchestrator"
            })
    void aServicesPublicKeyVerifiesWhatItsPrivateKeySigns(String service) throws Exception {
        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        PrivateKey own = keys.generatePrivate(new PKCS8EncodedKeySpec(pem(service + "/identity.pem")));
        PublicKey trusted = keys.generatePublic(new X509EncodedKeySpec(pem("trusted/" + service + ".pem")));

        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(own);
        signature.update(new byte[] {1});
        byte[] signed = signature.sign();
        signature.initVerify(trusted);
        signature.update(new byte[] {1});

        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void theMasterKeyIs32BytesInBase64() throws IOException {
        assertThat(Base64.getDecoder()
                        .decode(Files.readString(folder.resolve("master/master.key"))
                                .strip()))
                .hasSize(32);
    }

    @Test
    void passwordsCanBeTypedAndHaveNoEndOfLine() throws IOException {
        assertThat(Files.readString(folder.resolve("owner/owner.password"))).matches("[A-Za-z0-9]{20,24}");
    }

    @Test
    void onlyPublicKeysAndWhatTheStoresReadIsReadableByOthers() throws IOException {
        assertThat(contents().keySet())
                .filteredOn(file -> isReadableByOthers(folder.resolve(file)))
                .allMatch(file -> file.startsWith("trusted/") || file.startsWith("stores/"));
    }

    @Test
    void runAgainItKeepsWhatIsThere() throws Exception {
        Map<String, String> before = contents();
        run();

        assertThat(contents()).isEqualTo(before).hasSize(17);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static boolean isReadableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).toString().contains("OTHERS_READ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] pem(String file) throws IOException {
        String base64 = Files.readString(folder.resolve(file)).replaceAll("-----[A-Z ]+-----|\\s", "");
        return Base64.getDecoder().decode(base64);
    }
}
