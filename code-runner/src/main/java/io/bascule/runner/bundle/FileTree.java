package io.bascule.runner.bundle;

import io.bascule.bundles.BundleLimits;
import io.bascule.bundles.InvalidBundleException;
import io.bascule.bundles.NativeCode;
import io.bascule.bundles.SafePath;
import io.bascule.bundles.UnpackedSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is filled with plain files, counted while it is: there is nothing in it that leads elsewhere, and nothing that
 * a runtime would load as native code. For one thread.
 */
final class FileTree {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    private static final int PIECE_BYTES = 16 * 1024;

    private final Path root;
    private final String what;
    private final UnpackedSize size;

    /** @param what is unpacked here, for messages */
    FileTree(Path root, String what, BundleLimits limits) {
        this.root = root;
        this.what = what;
        this.size = new UnpackedSize(what, limits);
    }

    /** Gives pieces of a file; -1 at its end. */
    interface Content {

        int read(byte[] target, int offset, int length) throws IOException;
    }

    /** A new file, below the root whatever its path says. */
    void add(String path, Content content) throws IOException, InvalidBundleException {
        size.file(path);
        if (NativeCode.isNamed(path)) {
            throw NativeCode.refusal(path, what);
        }
        Path file = root.resolve(path);
        try {
            directories(file.getParent());
            try (OutputStream out =
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(path, content, out);
            }
            Files.setPosixFilePermissions(file, FILE);
        } catch (FileAlreadyExistsException twice) {
            throw new InvalidBundleException(SafePath.shown(path), "it is in %s twice".formatted(what));
        }
    }

    /** Counts an entry that is passed over, and what it becomes, so that they end, too. */
    void passOver(String path, Content content) throws IOException, InvalidBundleException {
        size.file(path);
        byte[] piece = new byte[PIECE_BYTES];
        for (int got = fill(piece, content); got > 0; got = fill(piece, content)) {
            size.bytes(got);
        }
    }

    private void copy(String path, Content content, OutputStream out) throws IOException, InvalidBundleException {
        byte[] piece = new byte[PIECE_BYTES];
        int got = fill(piece, content);
        if (NativeCode.begins(piece, got)) {
            throw NativeCode.refusal(path, what);
        }
        while (got > 0) {
            size.bytes(got);
            out.write(piece, 0, got);
            got = fill(piece, content);
        }
    }

    /** As much as there is, so that nothing begins in two halves. */
    private static int fill(byte[] piece, Content content) throws IOException {
        int filled = 0;
        while (filled < piece.length) {
            int got = content.read(piece, filled, piece.length - filled);
            if (got < 0) {
                break;
            }
            filled += got;
        }
        return filled;
    }

    private void directories(@Nullable Path directory) throws IOException {
        if (directory == null || directory.equals(root) || Files.isDirectory(directory)) {
            return;
        }
        directories(directory.getParent());
        TreeLinks.directory(directory);
    }
}
