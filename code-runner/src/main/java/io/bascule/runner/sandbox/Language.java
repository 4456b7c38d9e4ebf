package io.bascule.runner.sandbox;

import java.util.Locale;

/** What a function may be written in. */
public enum Language {
    JAVASCRIPT,
    PYTHON;

    /** As in configuration, metrics and names of files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
