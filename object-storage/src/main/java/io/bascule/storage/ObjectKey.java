package io.bascule.storage;

import java.util.regex.Pattern;

/**
 * The name of an object: parts of letters, digits and {@code . _ -}, with {@code /} between them, such as
 * {@code task-logs/2026-11-22/a/b.jsonl}. No part begins with a dot, so that no key leads out of a directory. At most 512
 * characters.
 */
public record ObjectKey(String text) implements Comparable<ObjectKey> {

    private static final int LONGEST = 512;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    public ObjectKey {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "object key: %s (expected: such as task-logs/2026-11-22/a.jsonl)".formatted(text));
        }
    }

    @Override
    public int compareTo(ObjectKey other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
