package io.bascule.cli.function;

import io.bascule.bundles.BundleLimits;
import io.bascule.bundles.InvalidBundleException;
import io.bascule.bundles.UnpackedSize;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a directory. The same files make the same archive, whenever and wherever it is made. */
final class BundleDirectory {

    /** What tools put there and is made again where the function runs, or is of no use to it. */
    private static final Set<String> LEFT_OUT = Set.of("node_modules", "site-packages", "__pycache__", "venv");

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final UnpackedSize size;

    private BundleDirectory(Path directory) {
        size = new UnpackedSize(directory.toString(), BundleLimits.OF_AUTHORS);
    }

    /** A zip archive of all files but hidden ones and what tools have installed. */
    static byte[] pack(Path directory) throws IOException {
        var packing = new BundleDirectory(directory);
        try (var zip = new ZipOutputStream(packing.bytes)) {
            packing.add(directory, "", zip);
        } catch (InvalidBundleException tooMuch) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(tooMuch.getMessage()), tooMuch);
        }
        return packing.bytes.toByteArray();
    }

    private void add(Path directory, String prefix, ZipOutputStream zip) throws IOException, InvalidBundleException {
        List<Path> inside;
        try (var listed = Files.list(directory)) {
            inside = listed.sorted().toList();
        }
        for (Path path : inside) {
            String name = String.valueOf(path.getFileName());
            if (name.startsWith(".") || LEFT_OUT.contains(name)) {
                continue;
            }
            if (Files.isSymbolicLink(path)) {
                throw new InvalidBundleException(prefix + name, "it is a link; put the file itself there");
            }
            if (Files.isDirectory(path)) {
                add(path, prefix + name + "/", zip);
            } else {
                put(path, prefix + name, zip);
            }
        }
    }

    private void put(Path file, String name, ZipOutputStream zip) throws IOException, InvalidBundleException {
        size.file(name);
        size.bytes(Files.size(file));
        var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
    }
}
