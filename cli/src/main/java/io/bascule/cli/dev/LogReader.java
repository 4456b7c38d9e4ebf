package io.bascule.cli.dev;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Prints log files, and what is appended to them, also across their renaming when they are full. */
final class LogReader {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int PIECE = 64 * 1024;

    private final PrintStream out;
    private final boolean named;

    LogReader(PrintStream out, boolean named) {
        this.out = out;
        this.named = named;
    }

    void print(List<String> names, Function<String, Path> file, boolean follow) {
        List<Tail> tails =
                names.stream().map(name -> new Tail(name, file.apply(name))).toList();
        try {
            for (Tail tail : tails) {
                tail.printNew();
            }
            while (follow) {
                Thread.sleep(PAUSE);
                for (Tail tail : tails) {
                    tail.printNew();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** One file and how far it was read. */
    private final class Tail {

        private final String name;
        private final Path file;
        private long position;
        private String unfinished = "";

        Tail(String name, Path file) {
            this.name = name;
            this.file = file;
        }

        void printNew() throws IOException {
            try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
                if (reader.length() < position) {
                    position = 0;
                }
                reader.seek(position);
                byte[] piece = new byte[PIECE];
                for (int read = reader.read(piece); read > 0; read = reader.read(piece)) {
                    position += read;
                    print(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
                }
            }
        }

        /** Bytes are carried as characters until a line is whole, so that no letter is cut in two. */
        private void print(String text) {
            List<String> lines = new ArrayList<>(List.of((unfinished + text).split("\n", -1)));
            unfinished = lines.removeLast();
            for (String line : lines) {
                String whole = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                out.println(named ? name + " | " + whole : whole);
            }
        }
    }
}
