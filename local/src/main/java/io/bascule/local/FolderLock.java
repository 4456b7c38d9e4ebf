package io.bascule.local;

import io.bascule.local.process.LocalFailure;
import io.bascule.local.process.ProcessRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The right to run the platform in a folder. The system's lock on the file decides, so a launcher that was killed holds
 * nothing; the file names the holder by id and start time for the others.
 */
final class FolderLock implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or fails with who holds it and how to stop them. */
    static FolderLock acquire(Path file) {
        try {
            Files.createDirectories(file.getParent());
            while (true) {
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                if (!isLocked(channel)) {
                    channel.close();
                    throw heldBy(holder(file));
                }
                Object locked = keyOf(file);
                if (locked != null && write(channel) && locked.equals(keyOf(file))) {
                    return new FolderLock(file, channel);
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tries to lock; a lock of this very program counts as another's. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static LocalFailure heldBy(Optional<ProcessRecord> holder) {
        String who = holder.map(process -> " (process %d, since %s)".formatted(process.pid(), process.startedAt()))
                .orElse("");
        return new LocalFailure(
                "The platform already runs from this folder%s: stop it with ./bascule dev stop".formatted(who));
    }

    /** Who holds the lock, if its holder still runs. */
    static Optional<ProcessRecord> holder(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), ProcessRecord.class))
                    .filter(process -> process.running().isPresent());
        } catch (NoSuchFileException | JacksonException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean write(FileChannel channel) throws IOException {
        String holder = JSON.writeValueAsString(ProcessRecord.ofThisProcess("launcher"));
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    /** Tells a file from one that took its place; null when there is none. */
    private static @Nullable Object keyOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    /** Removes the file while it is still locked, so that nobody finds a lock without a holder. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
