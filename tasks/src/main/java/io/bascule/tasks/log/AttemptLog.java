package io.bascule.tasks.log;

/** What one attempt says. Safe for use by many threads. */
public interface AttemptLog {

    /** Keeps nothing. */
    AttemptLog NONE = new AttemptLog() {
        @Override
        public void add(LogLevel level, String text) {}

        @Override
        public void mask(String secret) {}

        @Override
        public String masked(String text) {
            return text;
        }

        @Override
        public void finish() {}
    };

    /**
     * Adds text, each of its lines as a line. Never fails; waits, for a bounded time, only while this attempt's own lines are
     * not written as fast as they come.
     */
    void add(LogLevel level, String text);

    /** From now on shows this text as {@code ***}, in plain, as a JSON string, percent-encoded and in Base64. */
    void mask(String secret);

    /** A text for people about this attempt, without what is to be masked. */
    String masked(String text);

    /**
     * Says what was left out, and returns when the lines are stored, or after a bounded time, at once while the store is away.
     * Lines that come later are passed over.
     */
    void finish();
}
