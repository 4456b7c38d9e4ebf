package io.bascule.runner.bundle;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories that jobs can pass through, and a second name for all files of one. */
final class TreeLinks {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwxr-xr-x");

    private TreeLinks() {}

    /** A new one. */
    static Path directory(Path path) throws IOException {
        Files.createDirectory(path);
        return Files.setPosixFilePermissions(path, DIRECTORY);
    }

    /** Every file below the source also stands below the target, in directories of its own. */
    static void link(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (!from.equals(source)) {
                    directory(target.resolve(source.relativize(from)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.createLink(target.resolve(source.relativize(file)), file);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
