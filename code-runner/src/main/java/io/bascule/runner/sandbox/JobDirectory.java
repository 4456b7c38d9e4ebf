package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and removes what a job left in its directory. The tree is hostile: it may be deep beyond the longest path, its
 * directories may be closed, and links lead anywhere; they are never followed.
 */
final class JobDirectory {

    private static final Logger log = LoggerFactory.getLogger(JobDirectory.class);

    private JobDirectory() {}

    /** Removes everything; only for directories that no process uses any more. */
    static void delete(Path top) {
        try {
            if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
                deleteTree(top);
            } else {
                Files.deleteIfExists(top);
            }
        } catch (IOException failure) {
            log.warn("{} could not be removed: {}", top, failure.toString());
        }
    }

    /**
     * A directory below is first moved to the top, so that no path grows long. Only there is it opened: where it was, a job that
     * has not ended yet could have put a link in its place meanwhile.
     */
    private static void deleteTree(Path top) throws IOException {
        var open = new ArrayDeque<Path>();
        open.add(top);
        while (!open.isEmpty()) {
            Path inner = emptyUntilDirectory(open.getLast());
            if (inner == null) {
                Files.delete(open.removeLast());
            } else {
                Path moved = moveTo(top.resolve(UUID.randomUUID().toString()), inner);
                if (Files.isDirectory(moved, LinkOption.NOFOLLOW_LINKS)) {
                    open(moved);
                    open.add(moved);
                } else {
                    Files.delete(moved);
                }
            }
        }
    }

    /** Whoever is not root cannot move a directory that is closed to its owner, and has no right that a link could lead to. */
    private static Path moveTo(Path place, Path inner) throws IOException {
        try {
            return Files.move(inner, place);
        } catch (AccessDeniedException closed) {
            open(inner);
            return Files.move(inner, place);
        }
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** Removes files until it meets a directory, which it returns. */
    private static @Nullable Path emptyUntilDirectory(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    return entry;
                }
                Files.delete(entry);
            }
        }
        return null;
    }

    /** Counts until it has seen the given number of entries; only reads, since the job may swap what it looks at. */
    static DirectoryUse measure(Path top, int mostFiles) {
        var open = new ArrayDeque<Path>();
        open.add(top);
        int files = 0;
        long bytes = 0;
        while (!open.isEmpty() && files <= mostFiles) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(open.removeLast())) {
                for (Path entry : entries) {
                    files++;
                    var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    bytes += attributes.size();
                    if (attributes.isDirectory()) {
                        open.add(entry);
                    }
                    if (files > mostFiles) {
                        break;
                    }
                }
            } catch (NoSuchFileException gone) {
                log.trace("{} is gone", gone.getFile());
            } catch (IOException tooLong) {
                // Only a hostile tree is closed or too deep to read: it counts as over any limit.
                return new DirectoryUse(Integer.MAX_VALUE, bytes);
            }
        }
        return new DirectoryUse(files, bytes);
    }
}
