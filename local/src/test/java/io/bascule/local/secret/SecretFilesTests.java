package io.bascule.local.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTests {

    @TempDir
    private Path folder;

    @Test
    void aPasswordIsGeneratedOnceAndRemembered() {
        String first = new SecretFiles(folder).password("owner");

        assertThat(first).matches("[A-Za-z0-9]{24}");
        assertThat(new SecretFiles(folder).password("owner")).isEqualTo(first);
        assertThat(new SecretFiles(folder).password("other")).isNotEqualTo(first);
    }

    @Test
    void theMasterKeyHas32Bytes() throws IOException {
        Path file = new SecretFiles(folder).masterKey();

        assertThat(Base64.getDecoder().decode(Files.readString(file).strip())).hasSize(32);
    }

    @Test
    void aServiceSignsWithWhatTheOthersTrust() throws Exception {
        SecretFiles secrets = new SecretFiles(folder);
        Path privateFile = secrets.identityKey("api-service");
        Path publicFile = secrets.trustedKeys().resolve("api-service.pem");

        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(pem(privateFile)));
        PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(pem(publicFile)));

        assertThat(verifies(privateKey, publicKey)).isTrue();
        assertThat(secrets.identityKey("api-service")).hasSameTextualContentAs(privateFile);
    }

    @Test
    void nobodyElseCanReadThem() throws IOException {
        SecretFiles secrets = new SecretFiles(folder.resolve("secrets"));
        secrets.password("owner");
        secrets.masterKey();
        secrets.identityKey("api-service");

        try (Stream<Path> files = Files.walk(folder.resolve("secrets"))) {
            assertThat(files)
                    .hasSizeGreaterThan(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }
    }

    private static byte[] pem(Path file) throws IOException {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getMimeDecoder().decode(base64);
    }

    private static boolean verifies(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(privateKey);
        signature.update(new byte[] {1, 2, 3});
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(new byte[] {1, 2, 3});
        return signature.verify(signed);
    }
}
