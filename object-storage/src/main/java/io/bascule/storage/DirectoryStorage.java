package io.bascule.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files of a directory, for one machine or a file system that all pods share. An object is written beside its place,
 * forced to the disk and moved there in one step.
 */
public final class DirectoryStorage implements ObjectStorage {

    private static final String UNFINISHED = ".unfinished";

    private final Path root;
    private final Path unfinished;

    /** @throws StorageException when the directory can be neither made nor written to */
    public DirectoryStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.unfinished = this.root.resolve(UNFINISHED);
        try {
            Files.createDirectories(unfinished);
        } catch (IOException failure) {
            throw new StorageException("%s cannot be used for objects".formatted(root), failure);
        }
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        Path part = unfinished.resolve(UUID.randomUUID().toString());
        try {
            write(part, content);
            move(part, file(key));
        } catch (IOException failure) {
            throw failed("put", key, failure);
        } finally {
            deleteQuietly(part);
        }
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        Path file = file(key);
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try {
            FileChannel content = FileChannel.open(file, StandardOpenOption.READ);
            return Optional.of(new StoredObject(content.size(), Channels.newInputStream(content)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw failed("get", key, failure);
        }
    }

    @Override
    public void delete(ObjectKey key) {
        try {
            Path file = file(key);
            if (Files.isRegularFile(file) && Files.deleteIfExists(file)) {
                deleteEmptyParents(file);
            }
        } catch (IOException failure) {
            throw failed("delete", key, failure);
        }
    }

    @Override
    public List<ObjectKey> list(String prefix, @Nullable ObjectKey after, int most) {
        Path start = folderOf(prefix);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(key -> key.startsWith(prefix) && !key.startsWith(UNFINISHED))
                    .sorted()
                    .filter(key -> after == null || key.compareTo(after.text()) > 0)
                    .flatMap(key -> ObjectKey.parse(key).stream())
                    .limit(most)
                    .toList();
        } catch (IOException | UncheckedIOException failure) {
            throw new StorageException("objects cannot be listed under " + prefix, failure);
        }
    }

    @Override
    public void close() {}

    /** The deepest folder that holds every key with this prefix. */
    private Path folderOf(String prefix) {
        int slash = prefix.lastIndexOf('/');
        return slash < 0 ? root : root.resolve(new ObjectKey(prefix.substring(0, slash)).text());
    }

    private Path file(ObjectKey key) {
        return root.resolve(key.text());
    }

    private static void write(Path part, byte[] content) throws IOException {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                int written = file.write(left);
                assert written >= 0;
            }
            file.force(true);
        }
    }

    /** Somebody may remove an empty folder between making it and moving there. */
    private static void move(Path part, Path file) throws IOException {
        for (int tries = 0; ; tries++) {
            Files.createDirectories(file.getParent());
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (NoSuchFileException gone) {
                if (tries == 10) {
                    throw gone;
                }
            }
        }
    }

    private void deleteEmptyParents(Path file) throws IOException {
        Path folder = file.getParent();
        while (folder != null && !folder.equals(root)) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException used) {
                return;
            }
            folder = folder.getParent();
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            // It is in the folder of what is unfinished, where it disturbs nobody.
            return;
        }
    }

    private static StorageException failed(String what, ObjectKey key, IOException cause) {
        return new StorageException("%s of %s failed: %s".formatted(what, key, cause), cause);
    }
}
