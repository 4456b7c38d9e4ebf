package io.bascule.local.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** A folder of secrets; each is generated when it is first asked for. Files are 0600, the folder 0700. */
public final class SecretFiles {

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    public SecretFiles(Path folder) {
        this.folder = folder;
        createFolder(folder);
        createFolder(trustedKeys());
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A password that can be typed: 24 letters and digits, 128 bits or more. */
    public String password(String name) {
        return read(passwordFile(name));
    }

    /** The file that holds {@link #password}. */
    public Path passwordFile(String name) {
        return generated(name + ".password", this::newPassword);
    }

    /** 32 random bytes in base 64. */
    public Path masterKey() {
        return generated("master.key", () -> Base64.getEncoder().encodeToString(randomBytes(32)));
    }

    /** The Ed25519 key with which a service signs; its public half lies in {@link #trustedKeys()}. */
    public Path identityKey(String service) {
        Path file = folder.resolve(service + ".pem");
        Path publicFile = trustedKeys().resolve(service + ".pem");
        if (!Files.exists(file) || !Files.exists(publicFile)) {
            KeyPair pair = newKeyPair();
            write(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            write(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        return file;
    }

    /** The public keys of all services, one file each. */
    public Path trustedKeys() {
        return folder.resolve("trusted");
    }

    private Path generated(String name, Supplier<String> content) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            write(file, content.get() + "\n");
        }
        return file;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, content, StandardOpenOption.WRITE);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String newPassword() {
        String alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        return random.ints(24, 0, alphabet.length())
                .mapToObj(index -> String.valueOf(alphabet.charAt(index)))
                .reduce("", String::concat);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static KeyPair newKeyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, PEM.encodeToString(content), type);
    }
}
