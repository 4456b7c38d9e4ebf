package io.bascule.tasks.handlers.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a host that calls go to: after {@value #FAILURES} in a row that got no answer it is left alone for a minute,
 * then one call tries it. After the pattern <em>Circuit Breaker</em> of M. Nygard, <em>Release It!</em> Decides only; time is
 * passed in.
 */
sealed interface Circuit {

    int FAILURES = 5;
    Duration REST = Duration.ofSeconds(60);

    static Circuit untried() {
        return new Closed(0);
    }

    /** Calls go through. */
    record Closed(int failures) implements Circuit {

        @Override
        public Circuit failed(Instant now) {
            return failures + 1 < FAILURES ? new Closed(failures + 1) : new Open(now.plus(REST));
        }
    }

    /** Calls are refused. */
    record Open(Instant until) implements Circuit {

        @Override
        public Optional<Duration> refusal(Instant now) {
            return now.isBefore(until) ? Optional.of(Duration.between(now, until)) : Optional.empty();
        }

        @Override
        public Circuit entered(Instant now) {
            return new Trying(now.plus(REST));
        }

        @Override
        public Circuit failed(Instant now) {
            return this;
        }
    }

    /** One call is under way that tells whether the host answers again; should it never end, another may try after a while. */
    record Trying(Instant until) implements Circuit {

        @Override
        public Optional<Duration> refusal(Instant now) {
            return new Open(until).refusal(now);
        }

        @Override
        public Circuit entered(Instant now) {
            return new Trying(now.plus(REST));
        }

        @Override
        public Circuit failed(Instant now) {
            return new Open(now.plus(REST));
        }

        @Override
        public Circuit abandoned(Instant now) {
            return new Open(now);
        }
    }

    /** How long calls are still refused; empty when one may go. */
    default Optional<Duration> refusal(Instant now) {
        return Optional.empty();
    }

    /** A call goes that was not refused. */
    default Circuit entered(Instant now) {
        return this;
    }

    /** A call got no answer. */
    Circuit failed(Instant now);

    /** A call was given up, or did not get as far as the host: nothing is learnt from it. */
    default Circuit abandoned(Instant now) {
        return this;
    }
}
