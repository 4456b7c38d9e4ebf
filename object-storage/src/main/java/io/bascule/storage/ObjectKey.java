package io.bascule.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an object: parts of letters, digits and {@code . _ -}, with {@code /} between them, such as
 * {@code task-logs/2026-11-22/a/b.jsonl}. No part begins with a dot, so that no key leads out of a directory. At most 512
 * characters.
 */
public record ObjectKey(String text) {

    private static final int LONGEST = 512;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    public ObjectKey {
        if (!isOne(text)) {
            throw new IllegalArgumentException(
                    "object key: %s (expected: such as task-logs/2026-11-22/a.jsonl)".formatted(text));
        }
    }

    /** Empty for the name of something that is not ours, such as what a file system or a console leaves behind. */
    static Optional<ObjectKey> parse(String text) {
        return isOne(text) ? Optional.of(new ObjectKey(text)) : Optional.empty();
    }

    private static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
