package io.bascule.tasks;

/**
 * Why an attempt did not succeed.
 *
 * @param code stable name in kebab case, such as {@code address-refused}
 * @param message what happened, for people; at most {@value #LONGEST_MESSAGE} characters are kept
 */
public record TaskError(String code, String message) {

    private static final int LONGEST_MESSAGE = 4000;

    public TaskError {
        // PostgreSQL's text cannot hold NUL.
        message = message.replace('\0', ' ');
        message = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }
}
