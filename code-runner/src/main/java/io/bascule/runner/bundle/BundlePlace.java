package io.bascule.runner.bundle;

import io.bascule.runner.sandbox.OwnedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where bundles are kept, empty at first: what an earlier run left is of no use to this one.
 *
 * @param directory jobs can pass through it
 * @param owned what it is in, where that is a temporary one
 */
record BundlePlace(Path directory, @Nullable OwnedDirectory owned) {

    static BundlePlace make(BundleProperties properties) throws IOException {
        Path configured = properties.directory();
        if (configured == null) {
            OwnedDirectory owned = OwnedDirectory.create("bascule-bundles-");
            openToJobs(owned.path());
            return new BundlePlace(empty(owned.path().resolve("bundles")), owned);
        }
        return new BundlePlace(empty(configured.toAbsolutePath().resolve("bundles")), null);
    }

    void remove() {
        if (owned != null) {
            owned.close();
        }
    }

    private static Path empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            BundleStore.delete(directory);
        }
        return openToJobs(Files.createDirectories(directory));
    }

    private static Path openToJobs(Path directory) throws IOException {
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
