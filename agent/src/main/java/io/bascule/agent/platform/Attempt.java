package io.bascule.agent.platform;

/** What came of asking the API once. */
sealed interface Attempt<T> {

    /** The API did it. */
    record Accepted<T>(T answer) implements Attempt<T> {}

    /** The API said no. */
    record Refused<T>(String reason) implements Attempt<T> {}

    /** The API is away or not ready; the same question may get another answer later. */
    record NotNow<T>(String reason) implements Attempt<T> {}
}
