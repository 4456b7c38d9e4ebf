package io.bascule.schema;

/** There is no database to work with; the message is one line that says what to do about it. */
final class DatabaseUnusable extends RuntimeException {

    DatabaseUnusable(String message) {
        super(message);
    }
}
