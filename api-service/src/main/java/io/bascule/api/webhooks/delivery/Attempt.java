package io.bascule.api.webhooks.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of sending a delivery once. */
sealed interface Attempt {

    int GONE = 410;

    /**
     * The endpoint answered.
     *
     * @param retryAfter when it wants to be asked again, if it says so
     */
    record Answered(int status, @Nullable Duration retryAfter) implements Attempt {

        /** Only 2xx: a redirect is not followed. */
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** There was no whole answer in time. */
    record NoAnswer(String reason) implements Attempt {}

    /** It was not sent, and will not be: its address must not be reached, or its secret cannot be read. */
    record Refused(String reason) implements Attempt {}
}
