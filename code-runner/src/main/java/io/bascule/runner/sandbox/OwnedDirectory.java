package io.bascule.runner.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory of this process. A lock in it is held for as long as the process lives, whoever ends it, so that those
 * of processes that were killed can be told from those of others: they are removed when the next one is made.
 */
public final class OwnedDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OwnedDirectory.class);
    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 16;

    private final Path path;
    private final FileChannel held;

    private OwnedDirectory(Path path, FileChannel held) {
        this.path = path;
        this.held = held;
    }

    /** Makes one, whose name begins so, among the system's temporary ones, and removes those of processes that have gone. */
    public static OwnedDirectory create(String prefix) throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    static OwnedDirectory create(Path parent, String prefix) throws IOException {
        String own = prefix + ofThisProcess();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OwnedDirectory made = claim(Files.createTempDirectory(parent, own));
            if (made != null) {
                made.sweep(prefix, own);
                return made;
            }
        }
        throw new IOException("no directory of its own could be had in " + parent);
    }

    public Path path() {
        return path;
    }

    /** Removes it with all that is in it. Idempotent. */
    @Override
    public void close() {
        if (!held.isOpen()) {
            return;
        }
        try (held) {
            remove(path);
        } catch (IOException failure) {
            log.warn("{} could not be removed: {}", path, failure.toString());
        }
    }

    /** Another process may take one that is not locked yet for a forsaken one: null then. */
    private static @Nullable OwnedDirectory claim(Path made) throws IOException {
        Path lock = made.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException swept) {
            return null;
        }
        if (channel.tryLock() != null && Files.exists(lock)) {
            return new OwnedDirectory(made, channel);
        }
        channel.close();
        return null;
    }

    private void sweep(String prefix, String own) {
        try (var beside = Files.list(path.resolve("..").normalize())) {
            beside.filter(entry -> isAnothers(entry.getFileName().toString(), prefix, own))
                    .filter(this::hasOurUser)
                    .toList()
                    .forEach(OwnedDirectory::removeIfForsaken);
        } catch (IOException | UncheckedIOException failure) {
            log.warn("What killed processes may have left beside {} stays: {}", path, failure.toString());
        }
    }

    /** To open a lock of this very process, and close it, would give it up. */
    private static boolean isAnothers(String name, String prefix, String own) {
        return name.startsWith(prefix) && !name.startsWith(own);
    }

    /** Others may put there what they like; what is ours they cannot replace. */
    private boolean hasOurUser(Path entry) {
        try {
            return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path));
        } catch (IOException gone) {
            return false;
        }
    }

    private static void removeIfForsaken(Path directory) {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                log.info("Removing what a process has left that was killed: {}", directory);
                remove(directory);
            }
        } catch (NoSuchFileException neverLocked) {
            removeIfEmpty(directory);
        } catch (IOException | OverlappingFileLockException notOurs) {
            log.debug("{} is left alone", directory, notOurs);
        }
    }

    private static void removeIfEmpty(Path directory) {
        try {
            Files.delete(directory);
        } catch (IOException notEmpty) {
            log.debug("{} is left alone", directory, notEmpty);
        }
    }

    /** The lock goes last, so that what cannot be removed now is tried again. */
    private static void remove(Path directory) throws IOException {
        Path lock = directory.resolve(LOCK);
        List<Path> contents;
        try (var entries = Files.list(directory)) {
            contents = entries.filter(entry -> !entry.equals(lock)).toList();
        }
        contents.forEach(JobDirectory::delete);
        if (contents.stream().anyMatch(Files::exists)) {
            throw new DirectoryNotEmptyException(directory.toString());
        }
        Files.deleteIfExists(lock);
        Files.delete(directory);
    }

    /** Its number and when it began: no other process has both. */
    private static String ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElse(Instant.EPOCH);
        return "%s-%s-".formatted(Long.toString(self.pid(), 36), Long.toString(started.toEpochMilli(), 36));
    }
}
