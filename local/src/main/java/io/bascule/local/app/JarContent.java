package io.bascule.local.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Names a jar and the libraries beside it by their content, from their tables of contents alone. */
final class JarContent {

    private JarContent() {}

    /** Twelve hexadecimal digits that differ when a class, a resource or a library does. */
    static String fingerprint(Path jar) throws IOException {
        MessageDigest digest = sha256();
        add(jar, digest);
        for (Path library : libraries(jar)) {
            add(library, digest);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    /** The libraries in the folder {@code lib} beside the jar; none where it carries them itself. */
    static List<Path> libraries(Path jar) throws IOException {
        Path folder = jar.resolveSibling("lib");
        if (jar.getFileName().toString().endsWith("-app.jar") || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void add(Path jar, MessageDigest digest) throws IOException {
        digest.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(found -> found)::iterator) {
                digest.update(entry.getName().getBytes(StandardCharsets.UTF_8));
                digest.update(ByteBuffer.allocate(16)
                        .putLong(entry.getSize())
                        .putLong(entry.getCrc())
                        .flip());
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
