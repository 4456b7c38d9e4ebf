package io.bascule.runner.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a tar archive (ustar, pax, GNU's long names) from one end to the other. The names are as they were sent. */
final class TarEntries {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 64 * 1024;

    private final InputStream input;
    private long leftOfEntry;
    private long padding;

    TarEntries(InputStream input) {
        this.input = input;
    }

    /** A file, directory, link … */
    record Entry(String name, Kind kind) {}

    /** It is no such archive. */
    static final class MalformedException extends IOException {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    enum Kind {
        FILE,
        DIRECTORY,
        /** Links, devices, pipes. */
        OTHER
    }

    /** The next one; what is left of the last one is passed over. */
    Optional<Entry> next() throws IOException {
        String longName = null;
        while (true) {
            skipFully(leftOfEntry + padding);
            byte[] head = input.readNBytes(BLOCK);
            if (head.length < BLOCK || isEmpty(head)) {
                return Optional.empty();
            }
            leftOfEntry = number(head, 124, 12);
            padding = (BLOCK - leftOfEntry % BLOCK) % BLOCK;
            switch (head[156]) {
                case 'L' -> longName = text(readSmall());
                case 'x' -> longName = paxPath(readSmall()).orElse(longName);
                case 'g', 'K' -> readSmall();
                default -> {
                    return Optional.of(new Entry(longName != null ? longName : name(head), kind(head[156])));
                }
            }
        }
    }

    /** Content of the last one; -1 at its end. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (leftOfEntry == 0) {
            return -1;
        }
        int got = input.read(target, offset, (int) Math.min(length, leftOfEntry));
        if (got < 0) {
            throw new EOFException("the archive ends within a file");
        }
        leftOfEntry -= got;
        return got;
    }

    private static Kind kind(byte type) {
        return switch (type) {
            case '0', 0, '7' -> Kind.FILE;
            case '5' -> Kind.DIRECTORY;
            default -> Kind.OTHER;
        };
    }

    private byte[] readSmall() throws IOException {
        if (leftOfEntry > LONGEST_NAME) {
            throw new MalformedException("the archive has a name of %d bytes".formatted(leftOfEntry));
        }
        byte[] content = input.readNBytes((int) leftOfEntry);
        leftOfEntry = 0;
        return content;
    }

    private void skipFully(long bytes) throws IOException {
        input.skipNBytes(bytes);
        leftOfEntry = 0;
        padding = 0;
    }

    private static boolean isEmpty(byte[] head) {
        for (byte one : head) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] head) {
        String name = field(head, 0, 100);
        boolean ustar = field(head, 257, 5).equals("ustar");
        String prefix = ustar ? field(head, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String field(byte[] head, int from, int length) {
        int end = from;
        while (end < from + length && head[end] != 0) {
            end++;
        }
        return new String(head, from, end - from, StandardCharsets.UTF_8);
    }

    private static String text(byte[] content) {
        return field(content, 0, content.length);
    }

    private static long number(byte[] head, int from, int length) throws IOException {
        String octal = field(head, from, length).strip();
        try {
            long number = octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            throw new MalformedException("the archive has a malformed head");
        }
        throw new MalformedException("the archive has a malformed head");
    }

    /** Records of the form {@code LENGTH KEY=VALUE\n}. */
    private static Optional<String> paxPath(byte[] content) throws IOException {
        int at = 0;
        while (at < content.length) {
            int space = at;
            while (space < content.length && content[space] != ' ') {
                space++;
            }
            int length = (int) decimal(new String(content, at, space - at, StandardCharsets.US_ASCII));
            if (length < space - at + 2 || at + length > content.length) {
                throw new MalformedException("the archive has a malformed extension");
            }
            String pair = new String(content, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            if (pair.startsWith("path=")) {
                return Optional.of(pair.substring("path=".length()));
            }
            at += length;
        }
        return Optional.empty();
    }

    private static long decimal(String text) throws IOException {
        if (!text.matches("\\d{1,6}")) {
            throw new MalformedException("the archive has a malformed extension");
        }
        return Long.parseLong(text);
    }
}
