package io.bascule.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The processes that belong to the platform in one folder, in the order they were started, in a file that survives the
 * launcher. The launcher alone writes it; other terminals read it.
 */
public final class ProcessTable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    public ProcessTable(Path file) {
        this.file = file;
    }

    /** What is written down; empty where nothing is. */
    public synchronized List<ProcessRecord> records() {
        try {
            return List.of(JSON.readValue(Files.readString(file), ProcessRecord[].class));
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(ProcessRecord process) {
        List<ProcessRecord> records = new ArrayList<>(records());
        records.removeIf(earlier -> earlier.name().equals(process.name()));
        records.add(process);
        write(records);
    }

    synchronized void remove(ProcessRecord process) {
        List<ProcessRecord> records = new ArrayList<>(records());
        if (records.remove(process)) {
            write(records);
        }
    }

    /** Forgets all, once none runs any more. */
    public synchronized void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<ProcessRecord> records) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(records));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
