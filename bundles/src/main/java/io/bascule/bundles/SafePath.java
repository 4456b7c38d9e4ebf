package io.bascule.bundles;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the path of an unpacked file may be: below where it is unpacked, and plain enough to be shown. */
public final class SafePath {

    private static final int LONGEST = 1024;
    private static final int LONGEST_NAME = 255;

    private SafePath() {}

    /** What is wrong with it; empty when nothing is. */
    public static Optional<String> problem(String path, int mostDepth) {
        int length = bytes(path);
        if (length == 0 || length > LONGEST) {
            return Optional.of("a path of %d bytes (expected: 1 to %d)".formatted(length, LONGEST));
        }
        if (path.chars().anyMatch(character -> character < ' ' || character == 0x7f || character == '\\')) {
            return Optional.of("its path has a backslash or a control character");
        }
        if (path.startsWith("/")) {
            return Optional.of("its path is absolute");
        }
        String[] names = path.split("/", -1);
        if (names.length > mostDepth) {
            return Optional.of("it lies %d directories deep (expected: at most %d)".formatted(names.length, mostDepth));
        }
        for (String name : names) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || bytes(name) > LONGEST_NAME) {
                return Optional.of("its path leads elsewhere (no part of it may be empty, '.', '..' or longer than %d)"
                        .formatted(LONGEST_NAME));
            }
        }
        return Optional.empty();
    }

    /** As file systems count. */
    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** For messages: short, on one line. */
    public static String shown(String path) {
        String plain = path.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }
}
