package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** Jobs of a runner that is root run as another user, who must be able to walk to what they may read. */
final class OpenToJobs {

    private OpenToJobs() {}

    /**
     * Checks the way to a place.
     *
     * @throws SandboxUnavailableException naming the directory that is closed
     */
    static void check(Path place) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return;
        }
        for (@Nullable Path path = place.toRealPath(); path != null; path = path.getParent()) {
            if (Files.isDirectory(path)
                    && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new SandboxUnavailableException(
                        "%s is closed to the user that jobs run as (%s).".formatted(place, path),
                        "Choose a place whose parents everyone may search (bascule.runner.directory for jobs,"
                                + " bascule.runner.python for Python).");
            }
        }
    }
}
