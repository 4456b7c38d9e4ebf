package io.bascule.orchestrator.leadership;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How leadership passes on.
 *
 * @param lease after how long a silent leader is replaced
 */
@ConfigurationProperties("bascule.leadership")
record LeadershipProperties(@DefaultValue("8s") Duration lease) {

    LeadershipProperties {
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("bascule.leadership.lease: %s (expected: 1s or more)".formatted(lease));
        }
    }

    /** Three chances to prolong before the lease ends. */
    Duration renewal() {
        return lease.dividedBy(4);
    }
}
