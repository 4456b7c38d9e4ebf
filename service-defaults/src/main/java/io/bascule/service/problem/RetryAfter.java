package io.bascule.service.problem;

import java.time.Duration;

/** The {@code Retry-After} header: whole seconds, at least one. */
final class RetryAfter {

    private RetryAfter() {}

    static String headerValue(Duration time) {
        return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
    }
}
