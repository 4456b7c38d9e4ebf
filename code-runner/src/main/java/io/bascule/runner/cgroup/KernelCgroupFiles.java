package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Those of this machine. */
final class KernelCgroupFiles implements CgroupFiles {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    @Override
    public boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public String read(Path file) throws IOException {
        return Files.readString(file);
    }

    @Override
    public void write(Path file, String value) throws IOException {
        Files.writeString(file, value, StandardOpenOption.WRITE);
    }

    @Override
    public boolean mayChange(Path group) {
        return Files.isWritable(group);
    }

    @Override
    public void create(Path group) throws IOException {
        Files.createDirectory(group);
    }

    @Override
    public void remove(Path group) throws IOException {
        Files.delete(group);
    }

    @Override
    public List<Path> groups(Path group) throws IOException {
        try (var entries = Files.list(group)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    @Override
    public void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
