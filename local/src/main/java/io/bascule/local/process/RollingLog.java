package io.bascule.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log file that is renamed when it is full: {@code name.log}, then {@code name.1.log} up to {@code name.4.log}, the
 * oldest of which is dropped. Not thread-safe: one thread writes it.
 */
final class RollingLog implements AutoCloseable {

    static final long DEFAULT_LIMIT = 10 * 1024 * 1024;
    static final int FILES = 5;

    private final Path directory;
    private final String name;
    private final long limit;
    private OutputStream out;
    private long size;

    RollingLog(Path directory, String name, long limit) {
        this.directory = directory;
        this.name = name;
        this.limit = limit;
        try {
            Files.createDirectories(directory);
            this.out = open(file(0));
            this.size = Files.size(file(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void line(String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        if (size + bytes.length > limit) {
            roll();
        }
        out.write(bytes);
        size += bytes.length;
    }

    private void roll() throws IOException {
        out.close();
        for (int age = FILES - 2; age >= 0; age--) {
            if (Files.exists(file(age))) {
                Files.move(file(age), file(age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        out = open(file(0));
        size = 0;
    }

    private static OutputStream open(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path file(int age) {
        return directory.resolve(age == 0 ? name + ".log" : name + "." + age + ".log");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
