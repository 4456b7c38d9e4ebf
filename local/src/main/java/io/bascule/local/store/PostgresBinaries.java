package io.bascule.local.store;

import io.bascule.local.process.LocalFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs from the class path, unpacked once into a folder named for their content. */
final class PostgresBinaries {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final int OWNER_EXECUTES = 0100;

    private PostgresBinaries() {}

    /** Returns the folder that has {@code bin/postgres}. */
    static Path unpack(Path apps) {
        URL archive = PostgresBinaries.class.getResource(ARCHIVE);
        if (archive == null) {
            throw new LocalFailure("There is no embedded PostgreSQL for %s on %s: ./bascule dev needs Linux on x86-64"
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        try {
            Path folder = apps.resolve("postgres-" + checksum(archive));
            if (!Files.exists(folder)) {
                unpack(archive, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checksum(URL archive) throws IOException {
        return archive.openConnection() instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : "classes";
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        Path unfinished = Files.createTempDirectory(folder.getParent(), "postgres-");
        try (InputStream file = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, unfinished);
            }
        }
        unfinished.toFile().setExecutable(true, false);
        unfinished.toFile().setReadable(true, false);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("outside of the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & OWNER_EXECUTES) != 0 && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
