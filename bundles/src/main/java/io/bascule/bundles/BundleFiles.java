package io.bascule.bundles;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of a bundle, by their path.
 *
 * @param contents never changed
 */
public record BundleFiles(SortedMap<String, byte[]> contents) {

    private static final int PIECE_BYTES = 16 * 1024;

    public BundleFiles {
        contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
    }

    /** Unpacks an archive (zip), at most to those limits. */
    static BundleFiles unzip(byte[] archive, BundleLimits limits) throws InvalidBundleException {
        ZipLinks.refuse(archive);
        var size = new UnpackedSize("the bundle", limits);
        var contents = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                add(zip, entry, size, contents);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new InvalidBundleException(
                    "the bundle is no zip archive that can be read: " + unreadable.getMessage());
        }
        if (contents.isEmpty()) {
            throw new InvalidBundleException("the bundle is empty, or no zip archive");
        }
        refuseFilesThatAreDirectories(contents);
        return new BundleFiles(contents);
    }

    private static void add(ZipInputStream zip, ZipEntry entry, UnpackedSize size, TreeMap<String, byte[]> contents)
            throws IOException, InvalidBundleException {
        String name = entry.getName();
        size.file(entry.isDirectory() ? name.substring(0, name.length() - 1) : name);
        var content = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE_BYTES];
        for (int got = zip.read(piece); got >= 0; got = zip.read(piece)) {
            size.bytes(got);
            content.write(piece, 0, got);
        }
        if (entry.isDirectory()) {
            return;
        }
        byte[] whole = content.toByteArray();
        if (NativeCode.isNamed(name) || NativeCode.begins(whole, whole.length)) {
            throw NativeCode.refusal(name, "the bundle");
        }
        if (contents.put(name, whole) != null) {
            throw new InvalidBundleException(SafePath.shown(name), "it is in the bundle twice");
        }
    }

    private static void refuseFilesThatAreDirectories(SortedMap<String, byte[]> contents)
            throws InvalidBundleException {
        for (String path : contents.keySet()) {
            if (!contents.tailMap(path + "/").isEmpty()
                    && contents.tailMap(path + "/").firstKey().startsWith(path + "/")) {
                throw new InvalidBundleException(SafePath.shown(path), "it is a file and a directory");
            }
        }
    }

    /** The content of a file that there is; not to be changed. */
    public byte[] content(String path) {
        return Objects.requireNonNull(contents.get(path), path);
    }

    /** What there is, by path. */
    public List<BundledFile> list() {
        return contents.entrySet().stream()
                .map(file -> new BundledFile(file.getKey(), file.getValue().length, Sha256.hex(file.getValue())))
                .toList();
    }

    public boolean has(String path) {
        return contents.containsKey(path);
    }
}
