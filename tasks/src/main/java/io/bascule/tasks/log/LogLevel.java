package io.bascule.tasks.log;

import java.util.Locale;

/** How much a line matters. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** In the words of the API. */
    public String word() {
        return word;
    }

    /**
     * The level of a word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static LogLevel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
