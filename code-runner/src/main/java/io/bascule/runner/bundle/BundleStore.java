package io.bascule.runner.bundle;

import io.bascule.bundles.InvalidBundleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories that are made once and read by many, within a bound: those that nobody holds and that were not asked for longest go
 * first. Safe for use by many threads; who asks for one that is being made waits for it.
 */
final class BundleStore {

    private static final Logger log = LoggerFactory.getLogger(BundleStore.class);
    private static final long BLOCK = 4096;

    private final Path root;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicLong lastScratch = new AtomicLong();

    /** In an empty directory that jobs can pass through. */
    BundleStore(Path root, long mostBytes) {
        this.root = root;
        this.mostBytes = mostBytes;
    }

    /** Fills an empty directory. */
    interface Maker {

        void fill(Path directory)
                throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException;
    }

    /** Holds a directory until it is closed. */
    final class Lease implements AutoCloseable {

        private final Kept held;
        private boolean closed;

        private Lease(Kept held) {
            this.held = held;
        }

        Path directory() {
            return held.directory;
        }

        /** To be called while this one is open. */
        Lease again() {
            lock.lock();
            try {
                held.holders++;
                return new Lease(held);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                held.holders -= closed ? 0 : 1;
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /** The directory of that name, made by the maker unless it is there. */
    Lease hold(String name, Maker maker)
            throws InvalidBundleException, BundleUnavailableException, InterruptedException {
        Kept wanted = claim(name);
        Lease lease = new Lease(wanted);
        boolean ready = false;
        try {
            makeOnce(wanted, maker);
            ready = true;
            return lease;
        } catch (IOException failure) {
            throw new BundleUnavailableException("The bundle cannot be unpacked: " + failure.getMessage(), failure);
        } finally {
            if (!ready) {
                lease.close();
            }
            evict();
        }
    }

    /** Who has waited for somebody whose registry does not answer shall not wait for it again. */
    private static void makeOnce(Kept wanted, Maker maker)
            throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException {
        boolean waiting = !wanted.making.tryLock();
        if (waiting) {
            wanted.making.lockInterruptibly();
        }
        try {
            if (wanted.made) {
                return;
            }
            if (waiting && wanted.failed) {
                throw new BundleUnavailableException("The bundle was being made ready, and that failed: try again");
            }
            wanted.failed = true;
            wanted.bytes = make(wanted.directory, maker);
            wanted.made = true;
        } catch (InterruptedException | ClosedByInterruptException stopped) {
            wanted.failed = false; // Who gives up says nothing about the registry: the next one makes it.
            throw stopped;
        } finally {
            wanted.making.unlock();
        }
    }

    /** Removes all that is kept, whoever holds it. */
    void clear() {
        lock.lock();
        try {
            kept.clear();
            if (Files.exists(root)) {
                delete(root);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somewhere to write a file for a while. */
    Path scratch() {
        return root.resolve("scratch-" + lastScratch.incrementAndGet());
    }

    private Kept claim(String name) {
        lock.lock();
        try {
            Kept wanted = kept.computeIfAbsent(name, key -> new Kept(root.resolve(key)));
            wanted.holders++;
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private static long make(Path directory, Maker maker)
            throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException {
        boolean made = false;
        TreeLinks.directory(directory);
        try {
            maker.fill(directory);
            made = true;
            return size(directory);
        } finally {
            if (!made) {
                delete(directory);
            }
        }
    }

    /** Nobody waits for what is removed: it goes out of the way of its name first. */
    private void evict() {
        List<Path> removed = new ArrayList<>();
        lock.lock();
        try {
            kept.values().removeIf(one -> one.holders == 0 && !one.made);
            long bytes = kept.values().stream().mapToLong(one -> one.bytes).sum();
            for (Kept one : List.copyOf(kept.values())) {
                if (bytes > mostBytes && one.holders == 0) {
                    kept.remove(one.directory.getFileName().toString());
                    bytes -= one.bytes;
                    putAway(one.directory).ifPresent(removed::add);
                }
            }
        } finally {
            lock.unlock();
        }
        removed.forEach(BundleStore::remove);
    }

    private Optional<Path> putAway(Path directory) {
        try {
            return Optional.of(Files.move(directory, scratch()));
        } catch (IOException failure) {
            log.warn("A bundle that is needed no more stays on disk: {}", failure.toString());
            return Optional.empty();
        }
    }

    /** What cannot be removed is told; it must not end who holds another. */
    private static void remove(Path directory) {
        try {
            delete(directory);
        } catch (UncheckedIOException failure) {
            log.warn("A bundle that is needed no more stays on disk: {}", failure.getMessage());
        }
    }

    /** As file systems count: blocks, and directories too. */
    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.mapToLong(BundleStore::blocks).sum();
        }
    }

    private static long blocks(Path file) {
        return Files.isDirectory(file) ? BLOCK : (file.toFile().length() + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Removes a directory with all that is in it, also what others remove at the same time; links are not followed. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure) throws IOException {
                    Files.deleteIfExists(left);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One directory. */
    private static final class Kept {

        private final Path directory;
        private final ReentrantLock making = new ReentrantLock();
        private int holders;
        private long bytes;
        private volatile boolean made;
        private boolean failed;

        Kept(Path directory) {
            this.directory = directory;
        }
    }
}
