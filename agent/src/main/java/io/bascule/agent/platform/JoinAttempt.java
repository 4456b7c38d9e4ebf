package io.bascule.agent.platform;

/** What came of asking the API once. */
sealed interface JoinAttempt {

    /** The agent is in. */
    record Accepted(Joined joined) implements JoinAttempt {}

    /** The API said no for good. */
    record Refused(String reason) implements JoinAttempt {}

    /** The API is away or not ready; the token is still good. */
    record NotNow(String reason) implements JoinAttempt {}
}
